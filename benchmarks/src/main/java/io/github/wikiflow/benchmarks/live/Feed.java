package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/**
 * Writes generated events into the topic of changes, on a thread of its own, at one rate after the
 * other. Not thread-safe.
 */
final class Feed implements AutoCloseable {

    private final TopicLoader loader;
    private final Arrivals arrivals;

    /** Of {@link #start}. */
    @SuppressWarnings("NullAway.Init")
    private PacedEvents events;

    private CompletableFuture<Void> load = CompletableFuture.completedFuture(null);
    private long rounds;

    /**
     * @param client what a Kafka client needs
     * @param arrivals gets every event
     */
    Feed(Properties client, Arrivals arrivals) {
        this.loader = new TopicLoader(client, Topic.CHANGES.defaultName());
        this.arrivals = arrivals;
    }

    /** Begins to write so many events per second. */
    void start(double eventsPerSecond) {
        start(eventsPerSecond, () -> true);
    }

    /**
     * Begins to write, not faster than one of the two allows.
     *
     * @param mayGoOn asked before each event
     */
    void start(double eventsPerSecond, BooleanSupplier mayGoOn) {
        events =
                new PacedEvents(
                        Workload.builder()
                                .seed(++rounds)
                                .start(Instant.now())
                                .eventsPerSecond(eventsPerSecond)
                                .build(),
                        mayGoOn);
        load =
                CompletableFuture.runAsync(
                        () -> loader.load(events, arrivals::add),
                        task -> new Thread(task, "feed").start());
    }

    /** How long after its time the last event was written. */
    long behindMillis() {
        return events.behindMillis();
    }

    /**
     * Stops; when this returns, the broker has all that was written.
     *
     * @throws OperationException if the broker did not take an event
     */
    void stop() {
        events.end();
        try {
            load.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OperationException failure) {
                throw failure;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        if (!load.isDone()) {
            stop();
        }
        loader.close();
    }
}
