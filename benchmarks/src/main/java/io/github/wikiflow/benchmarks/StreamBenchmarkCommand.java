package io.github.wikiflow.benchmarks;

import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.GeneratedLog;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.ReplayLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.SourceLog;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how fast the simulated stream serves a backlog to a client that throws the bytes away,
 * so that it is known not to be what limits a bridge.
 */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "The simulated stream in catch-up, from memory, generated and from a file.")
final class StreamBenchmarkCommand implements Callable<Integer> {

    /** So many different events are repeated to make a log in memory. */
    private static final int DISTINCT_EVENTS = 20_000;

    private static final int ROUNDS = 3;

    @Spec private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "Events to serve in each round (default: ${DEFAULT-VALUE}).")
    private int events;

    @Override
    public Integer call() throws IOException {
        if (events < 1) {
            throw new UsageException("--events: cannot be %d; give 1 or more".formatted(events));
        }
        EventLog generator = new EventLog(Workload.clean());
        measure("memory", inMemory(generator));
        measure("generated", new GeneratedLog(generator, events, InstantSource.system()));
        Path file = Files.createTempFile("wikiflow-benchmark", ".ndjson");
        try (ReplayLog log = recorded(generator, file)) {
            measure("file", log);
        } finally {
            Files.delete(file);
        }
        return 0;
    }

    private void measure(String name, SourceLog log) throws IOException {
        SimulatedStreamSettings settings =
                SimulatedStreamSettings.builder(log)
                        .start(Start.BEGINNING)
                        .closeAtEnd(true)
                        .build();
        PrintWriter out = spec.commandLine().getOut();
        try (SimulatedEventStreams server = SimulatedEventStreams.start(settings)) {
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                long bytes = readAll(server.uri());
                double seconds = (System.nanoTime() - start) / 1e9;
                out.printf(
                        "%-9s %,10.0f events/s %,7.0f MB/s%n",
                        name, events / seconds, bytes / 1e6 / seconds);
                out.flush();
            }
        }
    }

    private static long readAll(URI uri) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: wikiflow-benchmark/1.0 (localhost)\r\n\r\n"
                            .formatted(uri.getPath(), uri.getAuthority());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1 << 18];
            long bytes = 0;
            int read;
            while ((read = in.read(buffer)) >= 0) {
                bytes += read;
            }
            return bytes;
        }
    }

    private SourceLog inMemory(EventLog generator) {
        byte[][] json = new byte[DISTINCT_EVENTS][];
        for (int i = 0; i < json.length; i++) {
            json[i] = generator.event(i).json();
        }
        InMemoryLog log = new InMemoryLog();
        for (int i = 0; i < events; i++) {
            log.append(DataCentre.EQIAD, generator.sourceTime(i), json[i % json.length]);
        }
        return log;
    }

    private ReplayLog recorded(EventLog generator, Path file) throws IOException {
        try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (GeneratedEvent event : generator.events(0, events)) {
                lines.write(event.json());
                lines.write('\n');
            }
        }
        return ReplayLog.open(
                file,
                SimulatedStreamSettings.RECENT_CHANGE,
                generator.workload().start(),
                ReplayLog.AT_ONCE,
                InstantSource.system());
    }
}
