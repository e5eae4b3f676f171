package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.GeneratedLog;
import io.github.wikiflow.sandbox.stream.ReplayLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.SourceLog;
import io.github.wikiflow.sandbox.stream.SteadyClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The stream that the bridge reads, opened: Wikipedia's, or a server in this process that stands in
 * for it.
 *
 * <p>Every kind has a cursor topic of its own for the bridge's resume point, since a position in
 * one stream says nothing about another.
 */
final class EventSource implements AutoCloseable {

    private static final String STREAM = "recentchange";

    private final String description;
    private final List<String> bridgeArguments;

    /** Null for the live stream. */
    private final SimulatedEventStreams server;

    private EventSource(
            String description,
            URI streams,
            String cursorSuffix,
            List<String> furtherArguments,
            SimulatedEventStreams server) {
        this.description = description;
        this.server = server;
        List<String> arguments = new ArrayList<>(furtherArguments);
        arguments.addAll(List.of("--stream-url", streams.toString(), "--stream", STREAM));
        arguments.addAll(List.of("--cursor-topic", Topic.CURSOR.defaultName() + cursorSuffix));
        this.bridgeArguments = List.copyOf(arguments);
    }

    /** Opens what the options ask for. */
    static EventSource open(SourceOptions options, DataFolder data) {
        return switch (options.kind()) {
            case AUTO ->
                    LiveStream.whyUnreachable(options.contact())
                            .map(
                                    reason ->
                                            simulated(
                                                    options,
                                                    data,
                                                    "; the live one cannot be reached (%s)"
                                                            .formatted(reason)))
                            .orElseGet(() -> live(options));
            case LIVE -> live(options);
            case SIMULATED -> simulated(options, data, "");
            case REPLAY -> replay(options, data);
        };
    }

    /** What is read, for humans. */
    String description() {
        return description;
    }

    /** What the bridge has to be told about it. */
    List<String> bridgeArguments() {
        return bridgeArguments;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }

    private static EventSource live(SourceOptions options) {
        return new EventSource(
                "Wikipedia's live stream",
                LiveStream.STREAMS,
                "",
                List.of("--contact", options.contact()),
                null);
    }

    private static EventSource simulated(
            SourceOptions options, DataFolder data, String whyNotLive) {
        String name = "simulated-%d-%s".formatted(options.seed(), options.rate());
        Instant start = SimulationStart.of(data.simulation(), name, InstantSource.system());
        Workload workload =
                Workload.realistic().toBuilder()
                        .seed(options.seed())
                        .eventsPerSecond(options.rate())
                        .start(start)
                        .build();
        return served(
                "a simulated stream, %s events a second%s".formatted(options.rate(), whyNotLive),
                name,
                new GeneratedLog(new EventLog(workload), new SteadyClock(InstantSource.system())));
    }

    private static EventSource replay(SourceOptions options, DataFolder data) {
        Path file = options.replay().toAbsolutePath().normalize();
        String name =
                "replay-%s-%s"
                        .formatted(
                                UUID.nameUUIDFromBytes(
                                        file.toString().getBytes(StandardCharsets.UTF_8)),
                                options.speed());
        Instant start = SimulationStart.of(data.simulation(), name, InstantSource.system());
        double speed = options.speed() == 0 ? ReplayLog.AT_ONCE : options.speed();
        return served(
                "a replay of " + file,
                name,
                ReplayLog.open(file, start, speed, new SteadyClock(InstantSource.system())));
    }

    /** Serves the log from its beginning to a bridge that has no resume point yet. */
    private static EventSource served(String description, String name, SourceLog log) {
        SimulatedEventStreams server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log).stream(STREAM)
                                .start(Start.BEGINNING)
                                .build());
        return new EventSource(
                description, server.uri().resolve("."), "-" + name, List.of(), server);
    }
}
