package io.github.wikiflow.sandbox.stream;

/**
 * When the events of a recording happen again. Fed with their recorded times in the order of the
 * file, it gives the time of each after the replay's start. Used by one thread.
 */
final class ReplayPace {

    /**
     * Beyond it, forward or back, a jump is not waited for: it is the seam of two recordings, or an
     * event about something that happened long ago.
     */
    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    private final double speed;
    private long events;
    private long newest = RecordedEvent.UNKNOWN;
    private long elapsed;

    /**
     * @param speed how many times faster than recorded; infinite for all events at once, a
     *     millisecond apart
     */
    ReplayPace(double speed) {
        this.speed = speed;
    }

    /**
     * Milliseconds from the replay's start to the next event; never falls.
     *
     * @param recorded when it happened, in milliseconds since 1970; {@link RecordedEvent#UNKNOWN}
     *     for with the one before
     */
    long next(long recorded) {
        if (Double.isInfinite(speed)) {
            return events++;
        }
        if (recorded != RecordedEvent.UNKNOWN) {
            if (newest != RecordedEvent.UNKNOWN
                    && Math.abs(recorded - newest) <= LONGEST_PAUSE_MILLIS) {
                elapsed += Math.max(0, recorded - newest);
                newest = Math.max(newest, recorded);
            } else {
                newest = recorded;
            }
        }
        return (long) (elapsed / speed);
    }
}
