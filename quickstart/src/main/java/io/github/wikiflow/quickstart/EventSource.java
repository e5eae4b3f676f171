package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.GeneratedLog;
import io.github.wikiflow.sandbox.stream.PublishedLog;
import io.github.wikiflow.sandbox.stream.ReplayLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.SteadyClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream that the pipeline reads, chosen: Wikipedia's, or one made in this process that stands
 * in for it. What it brings is kept in a data folder of its own, so that no kind of events gets
 * among those of another.
 */
final class EventSource {

    /** The stream of all changes, as Wikimedia calls it. */
    static final String STREAM = "recentchange";

    /** How long {@code auto} tries the live stream. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int DIGITS_OF_A_FILE = 16;

    private final SourceKind kind;
    private final String folder;
    private final String description;
    private final Opening opening;

    /** How it is opened once its data folder is. */
    private interface Opening {
        Stream open(DataFolder data);
    }

    /**
     * The stream, opened.
     *
     * @param bridgeArguments what the bridge has to be told about it
     * @param server null for the live stream
     */
    record Stream(List<String> bridgeArguments, @Nullable SimulatedEventStreams server)
            implements AutoCloseable {

        @Override
        public void close() {
            if (server != null) {
                server.close();
            }
        }
    }

    private EventSource(SourceKind kind, String folder, String description, Opening opening) {
        this.kind = kind;
        this.folder = folder;
        this.description = description;
        this.opening = opening;
    }

    /**
     * Chooses what the options ask for.
     *
     * @param data the folder for the data of every kind
     * @param console where it is said that the live stream is waited for
     */
    static EventSource choose(SourceOptions options, Path data, PrintStream console)
            throws InterruptedException {
        return choose(options, data, LiveStream.WIKIMEDIA, PATIENCE, ContactOption::ask, console);
    }

    /**
     * As the other one, with another stream for the live one, another patience with it and another
     * user to ask.
     */
    static EventSource choose(
            SourceOptions options,
            Path data,
            URI streams,
            Duration patience,
            Supplier<String> terminal,
            PrintStream console)
            throws InterruptedException {
        return switch (options.kind()) {
            case AUTO -> {
                Optional<String> contact = options.contact().find(data);
                if (contact.isEmpty()) {
                    console.println(
                            "  Wikimedia is told this client's name and version, and nobody whom it can reach; better name somebody, with --contact");
                }
                LiveStream live = new LiveStream(streams, contact);
                Optional<String> reason =
                        live.whyUnreachable(
                                patience,
                                first ->
                                        console.printf(
                                                "  Wikipedia's live stream does not answer (%s); trying for %d s before a simulated one takes its place%n",
                                                first, patience.toSeconds()));
                yield reason.isEmpty()
                        ? live(live)
                        : simulated(
                                options,
                                "; the live one cannot be reached (%s), and is tried again at the next start"
                                        .formatted(reason.get()));
            }
            case LIVE ->
                    live(
                            new LiveStream(
                                    streams,
                                    Optional.of(options.contact().require(data, terminal))));
            case SIMULATED -> simulated(options, "");
            case REPLAY -> replay(options);
        };
    }

    SourceKind kind() {
        return kind;
    }

    /** The name of the data folder for what it brings. */
    String folder() {
        return folder;
    }

    /** What is read, for humans. */
    String description() {
        return description;
    }

    /**
     * Opens the stream.
     *
     * @param data the folder of that name
     */
    Stream open(DataFolder data) {
        return opening.open(data);
    }

    private static EventSource live(LiveStream live) {
        return new EventSource(
                SourceKind.LIVE,
                SourceKind.LIVE.label(),
                "Wikipedia's live stream",
                data -> new Stream(live.bridgeArguments(), null));
    }

    private static EventSource simulated(SourceOptions options, String whyNotLive) {
        String name = "simulated-%d-%s".formatted(options.seed(), options.rate());
        return new EventSource(
                SourceKind.SIMULATED,
                SourceKind.SIMULATED.label(),
                "a simulated stream, %s events a second%s".formatted(options.rate(), whyNotLive),
                data -> {
                    Workload workload =
                            Workload.realistic().toBuilder()
                                    .seed(options.seed())
                                    .eventsPerSecond(options.rate())
                                    .start(start(data, name))
                                    .build();
                    return served(
                            name,
                            new GeneratedLog(
                                    new EventLog(workload),
                                    new SteadyClock(InstantSource.system())));
                });
    }

    /** A changed file is another one; and so is the same at another speed, at other times. */
    private static EventSource replay(SourceOptions options) {
        Path file =
                Objects.requireNonNull(options.replay(), "--replay").toAbsolutePath().normalize();
        String name =
                "%s-%s%s"
                        .formatted(
                                SourceKind.REPLAY.label(),
                                digest(file),
                                options.speed() == 0 ? "" : "-" + options.speed());
        double speed = options.speed() == 0 ? ReplayLog.AT_ONCE : options.speed();
        return new EventSource(
                SourceKind.REPLAY,
                name,
                "a replay of " + file,
                data ->
                        served(
                                name,
                                ReplayLog.open(
                                        file,
                                        start(data, name),
                                        speed,
                                        new SteadyClock(InstantSource.system()))));
    }

    private static Instant start(DataFolder data, String name) {
        return SimulationStart.of(data.simulation(), name, InstantSource.system());
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS_OF_A_FILE);
        } catch (IOException e) {
            throw new OperationException(
                    "--replay: cannot read '%s' (%s); name a readable file of events, one JSON event a line"
                            .formatted(file, e),
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Serves the log from its beginning to a bridge that has no resume point yet. Each log has a
     * cursor topic of its own, since a position in one says nothing about another.
     */
    private static Stream served(String name, PublishedLog log) {
        SimulatedEventStreams server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log).stream(STREAM)
                                .start(Start.BEGINNING)
                                .build());
        return new Stream(
                List.of(
                        "--stream-url",
                        server.uri().resolve(".").toString(),
                        "--stream",
                        STREAM,
                        "--cursor-topic",
                        Topic.CURSOR.defaultName() + "-" + name),
                server);
    }
}
