package io.github.wikiflow.bridge;

import io.github.wikiflow.bridge.kafka.ForwardActivity;
import io.github.wikiflow.bridge.kafka.Outbox;
import io.github.wikiflow.bridge.kafka.OutboxCounts;
import io.github.wikiflow.bridge.position.Completeness;
import io.github.wikiflow.bridge.stream.StreamActivity;
import io.github.wikiflow.events.source.SourceKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows a bridge's numbers in a meter registry for as long as the bridge runs. */
final class BridgeMetrics implements AutoCloseable {

    private static final String PREFIX = "wikiflow.bridge.";

    private final MeterRegistry registry;
    private final Timer commits;
    private final List<Meter> meters = new ArrayList<>();

    BridgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.commits =
                Timer.builder(PREFIX + "commit")
                        .description("From the begin of a transaction to Kafka's acknowledgement")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        meters.add(commits);
    }

    void committed(Duration took) {
        commits.record(took);
    }

    void show(Outbox outbox) {
        for (SourceKind kind : SourceKind.values()) {
            meters.add(
                    Gauge.builder(PREFIX + "source", outbox, o -> o.kind() == kind ? 1 : 0)
                            .description("1 for the kind of source that the events come from")
                            .tag("kind", kind.label())
                            .strongReference(true)
                            .register(registry));
        }
    }

    void show(StreamActivity stream) {
        gauge("connected", "1 while the stream is open", stream, s -> s.isConnected() ? 1 : 0);
        counter("connections", "Times the stream was opened", stream, StreamActivity::connections);
        counter(
                "connection.failures",
                "Times the stream ended or could not be opened",
                stream,
                StreamActivity::failures);
        counter(
                "refused.positions",
                "Times the service did not accept the resume point",
                stream,
                StreamActivity::refusedPositions);
        counter(
                "skips",
                "Times the bridge gave up its resume point because of --skip-to latest",
                stream,
                StreamActivity::skips);
        counter(
                "error.frames",
                "Errors that the service reported in the stream",
                stream,
                StreamActivity::errorFrames);
    }

    void show(Completeness completeness) {
        counter(
                "missing.events",
                "Source offsets that the stream left out",
                completeness,
                Completeness::missing);
        counter(
                "late.arrivals",
                "Events counted as missing that came after all",
                completeness,
                Completeness::lateArrivals);
        String repeats = "Events that came again and were dropped";
        Tags byIdentity = Tags.of("reason", "same-identity");
        counter("repeats", repeats, completeness, Completeness::repeatsByIdentity, byIdentity);
        Tags byOffset = Tags.of("reason", "settled-offset");
        counter("repeats", repeats, completeness, Completeness::repeatsByOffset, byOffset);
        counter(
                "restarted.logs",
                "Times a source log began anew with lower offsets",
                completeness,
                Completeness::restartedLogs);
    }

    void show(OutboxCounts counts) {
        counter("canaries", "Signs of life, not forwarded", counts, OutboxCounts::canaries);
        counter("dead.letters", "Data that is no event", counts, OutboxCounts::deadLetters);
    }

    void show(ForwardActivity forward, InstantSource clock) {
        counter("events", "Events committed", forward, ForwardActivity::events);
        counter("bytes", "Bytes of keys and values committed", forward, ForwardActivity::bytes);
        counter(
                "commit.failures",
                "Attempts to commit that Kafka did not acknowledge",
                forward,
                ForwardActivity::failures);
        gauge(
                "lag.seconds",
                "Age of the newest committed event in source time",
                forward,
                f ->
                        f.lastEventTime() < 0
                                ? Double.NaN
                                : (clock.millis() - f.lastEventTime()) / 1e3);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private <T> void counter(String name, String description, T source, ToDoubleFunction<T> value) {
        counter(name, description, source, value, Tags.empty());
    }

    private <T> void counter(
            String name,
            String description,
            T source,
            ToDoubleFunction<T> value,
            Iterable<Tag> tags) {
        meters.add(
                FunctionCounter.builder(PREFIX + name, source, value)
                        .tags(tags)
                        .description(description)
                        .register(registry));
    }

    private <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
        meters.add(
                Gauge.builder(PREFIX + name, source, value)
                        .description(description)
                        .strongReference(true)
                        .register(registry));
    }
}
