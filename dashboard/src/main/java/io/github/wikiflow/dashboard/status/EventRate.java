package io.github.wikiflow.dashboard.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events per second from the readings of a counter, averaged over some ten seconds, with its recent
 * course. Not thread-safe.
 */
final class EventRate {

    private static final Duration AVERAGED = Duration.ofSeconds(10);
    private static final double MILLIS_PER_SECOND = 1000;

    private record Reading(Instant at, long count) {}

    private final int courseLength;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Deque<Double> course = new ArrayDeque<>();

    /**
     * @param courseLength how many values of the recent course are kept
     */
    EventRate(int courseLength) {
        this.courseLength = courseLength;
    }

    /**
     * Takes a reading of the counter.
     *
     * @param count null when it could not be read; a lower count than before is that of a process
     *     that was started again
     */
    void read(Instant at, @Nullable Long count) {
        if (count == null || (!readings.isEmpty() && count < readings.getLast().count())) {
            readings.clear();
        }
        if (count != null) {
            while (readings.size() > 1
                    && Duration.between(readings.getFirst().at(), at).compareTo(AVERAGED) > 0) {
                readings.removeFirst();
            }
            readings.add(new Reading(at, count));
        }
        Double rate = perSecond();
        if (rate != null) {
            course.add(rate);
            if (course.size() > courseLength) {
                course.removeFirst();
            }
        }
    }

    /** The rate now, to one decimal; null while it is not known. */
    @Nullable Double perSecond() {
        if (readings.size() < 2) {
            return null;
        }
        Reading first = readings.getFirst();
        Reading last = readings.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / MILLIS_PER_SECOND;
        return seconds <= 0
                ? null
                : Math.round((last.count() - first.count()) / seconds * 10) / 10.0;
    }

    /** The latest values, oldest first. */
    List<Double> course() {
        return new ArrayList<>(course);
    }
}
