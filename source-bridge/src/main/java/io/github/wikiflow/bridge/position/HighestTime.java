package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongBinaryOperator;

/**
 * The highest of the timestamps of a source log that its other events bear out. Timestamps come
 * from the clocks of many machines: one that is far ahead of all before counts only when as far a
 * one stands on each of the next events too, whatever this computer's clock says. Not thread-safe.
 */
final class HighestTime {

    /** So far ahead of the highest a timestamp may be and count at once. */
    static final Duration STEP = Duration.ofHours(1);

    /** So many events in a row must be further ahead. */
    static final int WITNESSES = 20;

    /** Those in a row, up to the last, that are further ahead; all as long as none counts. */
    private final long[] run = new long[WITNESSES];

    private int running;
    private long highest;
    private long lowestOfFirst = UNKNOWN;

    /**
     * @param highest so far; {@link StreamPosition#UNKNOWN} if there was none
     * @param isUnsure whether too few events have borne it out
     */
    HighestTime(long highest, boolean isUnsure) {
        this.highest = isUnsure ? UNKNOWN : highest;
        if (isUnsure && highest != UNKNOWN) {
            see(highest);
        }
    }

    /** Takes note of the timestamp of the next event; whether the highest is a new one. */
    boolean see(long timestamp) {
        if (highest != UNKNOWN && timestamp <= highest + STEP.toMillis()) {
            running = 0;
            boolean higher = timestamp > highest;
            highest = Math.max(highest, timestamp);
            return higher;
        }
        run[running++] = timestamp;
        if (highest == UNKNOWN) {
            lowestOfFirst = ofRun(Math::min);
        }
        if (running < WITNESSES) {
            return highest == UNKNOWN;
        }
        highest = ofRun(Math::max);
        running = 0;
        return true;
    }

    /** Whether enough events bear the highest out. */
    boolean isBorneOut() {
        return highest != UNKNOWN;
    }

    /**
     * The lowest of those by which the first highest was found; {@link StreamPosition#UNKNOWN} if
     * there are none, or it was known from the beginning.
     */
    long lowestOfFirst() {
        return lowestOfFirst;
    }

    /** Whether an event with this timestamp, the next one, is later than all before for certain. */
    boolean isSurpassedBy(long timestamp) {
        if (highest == UNKNOWN) {
            return false;
        }
        return timestamp > highest + STEP.toMillis()
                ? running + 1 >= WITNESSES
                : timestamp > highest;
    }

    /**
     * The highest; as long as too few events are there to bear it out, that of most of them; {@link
     * StreamPosition#UNKNOWN} before the first.
     */
    long get() {
        return highest == UNKNOWN && running > 0 ? ofRun(Math::max) : highest;
    }

    /** The highest, or lowest, of the run that is near its middle. */
    private long ofRun(LongBinaryOperator better) {
        long[] sorted = Arrays.copyOf(run, running);
        Arrays.sort(sorted);
        long middle = sorted[(running - 1) / 2];
        long best = middle;
        for (long timestamp : sorted) {
            if (Math.abs(timestamp - middle) <= STEP.toMillis()) {
                best = better.applyAsLong(best, timestamp);
            }
        }
        return best;
    }
}
