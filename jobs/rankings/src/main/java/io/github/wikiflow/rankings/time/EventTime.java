package io.github.wikiflow.rankings.time;

import java.io.Serializable;
import java.time.Duration;

/**
 * The rules of event time, the same wherever they are needed: how far the watermark of a partition
 * follows its latest change, which window a change belongs to, and when that window closes for
 * good. All times in epoch milliseconds.
 *
 * @param window the length of a window; windows start at multiples of it
 * @param outOfOrderness how far behind the latest change of its partition a change may be without
 *     being a straggler
 * @param allowedLateness how long after its end a window can still be corrected
 */
public record EventTime(Duration window, Duration outOfOrderness, Duration allowedLateness)
        implements Serializable {

    /** Of a partition of which nothing is known yet: no change is late, no watermark. */
    public static final long NOTHING_SEEN = Long.MIN_VALUE;

    /**
     * The watermark of a partition.
     *
     * @param latest the time of the partition's latest change, or {@link #NOTHING_SEEN}
     */
    public long watermark(long latest) {
        return latest == NOTHING_SEEN ? Long.MIN_VALUE : latest - outOfOrderness.toMillis() - 1;
    }

    /** The start, inclusive, of the window of a change of this time. */
    public long windowStart(long time) {
        return time - Math.floorMod(time, window.toMillis());
    }

    /** The end, exclusive, of the window of this start. */
    public long windowEnd(long windowStart) {
        return windowStart + window.toMillis();
    }

    /** The start of the window before the one of this start. */
    public long windowBefore(long windowStart) {
        return windowStart - window.toMillis();
    }

    /** The watermark at which the window of this start is complete. */
    public long onTimeAt(long windowStart) {
        return windowEnd(windowStart) - 1;
    }

    /** The watermark at which the window of this start closes for good. */
    public long finalAt(long windowStart) {
        return onTimeAt(windowStart) + allowedLateness.toMillis();
    }

    /** The start of the last window that is closed for good at this watermark. */
    public long lastClosed(long watermark) {
        return windowStart(watermark + 1 - window.toMillis() - allowedLateness.toMillis());
    }

    /** Whether the window of this start is closed for good at this watermark. */
    public boolean isLate(long windowStart, long watermark) {
        return finalAt(windowStart) <= watermark;
    }
}
