package io.github.wikiflow.sandbox.generator;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells people how far long work is: events that report, on their way to whoever reads them, how
 * many have passed and in the end what they were. To be read once; not thread-safe.
 */
final class GenerationProgress implements Iterable<GeneratedEvent> {

    private static final long NANOS_BETWEEN_REPORTS = Duration.ofSeconds(2).toNanos();

    /** So that the clock is not looked at for every event. */
    private static final int EVENTS_BETWEEN_LOOKS = 1_000;

    private final Iterable<GeneratedEvent> events;
    private final long total;
    private final LongSupplier nanos;
    private final PrintWriter out;
    private final ExpectedLake lake =
            ExpectedLake.ofCounts(RankingRules.DEFAULTS.futureTolerance());
    private final long started;
    private long lastReport;
    private long passed;
    private long bytes;

    /**
     * Starts the clock.
     *
     * @param total how many events there are
     */
    GenerationProgress(
            Iterable<GeneratedEvent> events, long total, LongSupplier nanos, PrintWriter out) {
        this.events = events;
        this.total = total;
        this.nanos = nanos;
        this.out = out;
        started = nanos.getAsLong();
        lastReport = started;
    }

    @Override
    public Iterator<GeneratedEvent> iterator() {
        Iterator<GeneratedEvent> source = events.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public GeneratedEvent next() {
                GeneratedEvent event = source.next();
                pass(event);
                return event;
            }
        };
    }

    /** Says what has passed and how fast. */
    void summarize() {
        double seconds = Math.max(1, nanos.getAsLong() - started) / 1e9;
        say(
                "%,d events, %,d bytes, in %.1f s (%,.0f events/s)",
                passed, bytes, seconds, passed / seconds);
        say(
                "for the lake: %,d rows; dead letters: %,d malformed, %,d from the future",
                lake.rowCount(), lake.malformedCount(), lake.poisonedCount());
    }

    private void pass(GeneratedEvent event) {
        passed++;
        bytes += event.json().length;
        // Where an event lands does not change whether it is a row.
        lake.add(new LandedEvent(event, 0, passed - 1, event.recordTime()));
        if (passed % EVENTS_BETWEEN_LOOKS == 0) {
            long now = nanos.getAsLong();
            if (now - lastReport >= NANOS_BETWEEN_REPORTS) {
                lastReport = now;
                say("%,d of %,d events (%d %%)", passed, total, 100 * passed / total);
            }
        }
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
