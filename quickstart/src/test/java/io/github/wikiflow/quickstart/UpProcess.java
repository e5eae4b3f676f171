package io.github.wikiflow.quickstart;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The quickstart as a process of its own, as the launcher starts it. */
final class UpProcess {

    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final List<String> printed = new ArrayList<>();
    private final Thread reading;

    private UpProcess(Process process) {
        this.process = process;
        this.reading = new Thread(this::readOutput, "output of up");
    }

    /** What starts {@code up} on free ports. */
    static List<String> command(Path data, String... furtherArguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("-Dwikiflow.home=" + Home.folder());
        command.add("-jar");
        command.add(Home.folder().resolve("quickstart/target/wikiflow-quickstart.jar").toString());
        command.addAll(List.of("up", "--data", data.toString()));
        if (!List.of(furtherArguments).contains("--file-interval")) {
            command.addAll(List.of("--file-interval", "2s"));
        }
        for (String port : List.of("kafka", "flink", "dashboard", "bridge")) {
            command.addAll(List.of("--%s-port".formatted(port), "0"));
        }
        command.addAll(List.of(furtherArguments));
        return command;
    }

    /** Starts it and waits until everything runs. */
    static UpProcess start(Path data, String... furtherArguments) throws Exception {
        return start(Map.of(), data, furtherArguments);
    }

    /** As the other one, with further variables of the environment. */
    static UpProcess start(Map<String, String> environment, Path data, String... furtherArguments)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command(data, furtherArguments));
        builder.environment().putAll(environment);
        UpProcess up = new UpProcess(builder.redirectErrorStream(true).start());
        up.reading.setDaemon(true);
        up.reading.start();
        await("up runs: " + up)
                .atMost(Duration.ofMinutes(3))
                .until(() -> up.line("Source ") != null || !up.isAlive());
        if (!up.isAlive()) {
            throw new AssertionError("up has ended: " + up);
        }
        return up;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Where Kafka is. */
    String kafka() {
        return line("Kafka ").split("\\s+")[1];
    }

    /** Flink's web UI and REST API. */
    URI flink() {
        return URI.create(line("Flink web UI ").split("\\s+")[3]);
    }

    /** Where the page is. */
    URI dashboard() {
        return URI.create(line("Dashboard ").split("\\s+")[1]);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM; returns all that was printed. */
    String stop() throws InterruptedException {
        // By its handle: Process.destroy would close the output that is still to be read.
        process.toHandle().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            kill();
            throw new AssertionError("up did not stop: " + this);
        }
        reading.join();
        return toString();
    }

    @Override
    public String toString() {
        synchronized (printed) {
            return String.join(System.lineSeparator(), printed);
        }
    }

    /** The first line that begins so; null while there is none. */
    private String line(String beginning) {
        synchronized (printed) {
            return printed.stream()
                    .filter(line -> line.startsWith(beginning))
                    .findFirst()
                    .orElse(null);
        }
    }

    private void readOutput() {
        try (BufferedReader output = process.inputReader()) {
            String line;
            while ((line = output.readLine()) != null) {
                synchronized (printed) {
                    printed.add(line);
                }
            }
        } catch (IOException e) {
            synchronized (printed) {
                printed.add("(output not readable: " + e + ")");
            }
        }
    }
}
