package io.github.wikiflow.quickstart;

import com.sun.management.OperatingSystemMXBean;
import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow doctor}: what {@code up} needs, a line for each with the remedy. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = {
            "Look whether this machine has what up needs; one line each, with the remedy.",
            "The exit code is 0 if up can start, otherwise 1."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final long MEGABYTE = 1 << 20;
    private static final long GIGABYTE = 1 << 30;

    /** What {@code up} takes at its default heap, and what is left for the system. */
    private static final long MEMORY_GIGABYTES = 3;

    /** A day of the live stream. */
    private static final long DISK_GIGABYTES = 6;

    @Mixin private DataOption data;
    @Mixin private ContactOption contact;
    @Spec private CommandSpec spec;

    @Option(
            names = "--ports",
            paramLabel = "PORT",
            split = ",",
            defaultValue = "8080,8081,8082,9092",
            description =
                    "The ports that up is to have, of dashboard, Flink, bridge and Kafka (default:"
                            + " ${DEFAULT-VALUE}).")
    private List<Integer> ports;

    private final URI streams;
    private boolean upCanStart = true;

    DoctorCommand() {
        this(LiveStream.WIKIMEDIA);
    }

    /**
     * @param streams in place of Wikimedia's
     */
    DoctorCommand(URI streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        java();
        memory();
        disk();
        folder();
        ports.forEach(this::port);
        liveStream();
        proxy();
        return upCanStart ? 0 : 1;
    }

    private void java() {
        // The launcher has refused an older one.
        fine("Java %s in %s", Runtime.version(), System.getProperty("java.home"));
    }

    private void memory() {
        long bytes =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        String found = "%,d MB of memory".formatted(bytes / MEGABYTE);
        if (bytes < MEMORY_GIGABYTES * GIGABYTE) {
            doubtful("%s, and up takes 2 GB of it: set WIKIFLOW_HEAP=700m", found);
        } else {
            fine(found);
        }
    }

    private void disk() {
        Path existing = data.folder();
        while (!Files.exists(existing)) {
            existing = Objects.requireNonNull(existing.getParent(), "a root that is there");
        }
        try {
            long bytes = Files.getFileStore(existing).getUsableSpace();
            String found = "%,d MB free for '%s'".formatted(bytes / MEGABYTE, data.folder());
            if (bytes < DISK_GIGABYTES * GIGABYTE) {
                doubtful(
                        "%s, and the live stream takes 5 GB a day: choose another folder with --data",
                        found);
            } else {
                fine(found);
            }
        } catch (IOException e) {
            bad("no room known for '%s' (%s): choose another folder with --data", existing, e);
        }
        if (!Files.isWritable(existing)) {
            bad("'%s' cannot be written: choose another folder with --data", existing);
        }
    }

    private void folder() {
        List<RunningProcess> running = data.running();
        if (running.isEmpty()) {
            fine("nothing runs on '%s'", data.folder());
        }
        for (RunningProcess each : running) {
            doubtful(
                    "up runs there already, for %s (process %d): stop it with ./wikiflow stop",
                    each.kind(), each.process().pid());
        }
    }

    private void port(int port) {
        try {
            LocalPort.requireFree(port, "another one of up's options for ports");
            fine("port %d is free", port);
        } catch (OperationException e) {
            bad("port %d is taken: end what holds it, or give up another port", port);
        }
    }

    private void liveStream() throws InterruptedException {
        Optional<String> reason =
                new LiveStream(streams, contact.find(data.folder()))
                        .whyUnreachable(Duration.ZERO, first -> {});
        if (reason.isEmpty()) {
            fine("Wikipedia's live stream answers");
        } else {
            doubtful(
                    "Wikipedia's live stream cannot be reached (%s): up simulates one",
                    reason.orElseThrow());
        }
    }

    /** By which the stream was just asked, as the bridge does. */
    private void proxy() {
        Stream.of("https_proxy", "HTTPS_PROXY")
                .filter(System.getenv()::containsKey)
                .findFirst()
                .ifPresent(
                        variable ->
                                fine("the live stream is reached by the proxy of %s", variable));
    }

    private void fine(String line, Object... values) {
        say("ok    ", line, values);
    }

    private void doubtful(String line, Object... values) {
        say("note  ", line, values);
    }

    private void bad(String line, Object... values) {
        upCanStart = false;
        say("BAD   ", line, values);
    }

    private void say(String mark, String line, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(mark + line.formatted(values));
        out.flush();
    }
}
