package io.github.wikiflow.sandbox.stream;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader's way through a log: from a start in each topic that it reads on, in the order of the
 * log. It also holds what the next frame's {@code id} says of each topic. Used by one thread.
 */
final class Subscription {

    private final PublishedLog log;
    private final List<String> topics;
    private final long[] starts;
    private final RequestedPosition[] positions;
    private final int[] positionOf;
    private long next = Long.MAX_VALUE;

    /**
     * Resolves where to start, as the real service does: a time becomes the offset of the first
     * event at or after it, or the latest if there is none yet.
     *
     * @param earliest the time before which nothing is kept; milliseconds since 1970
     */
    Subscription(PublishedLog log, List<RequestedPosition> requested, long earliest) {
        this.log = log;
        this.topics = log.topics();
        this.starts = new long[topics.size()];
        this.positionOf = new int[topics.size()];
        this.positions = new RequestedPosition[requested.size()];
        Arrays.fill(starts, Long.MAX_VALUE);
        long published = log.published();
        for (int i = 0; i < positions.length; i++) {
            RequestedPosition position = requested.get(i);
            int topic = topics.indexOf(position.topic());
            long index = published;
            if (position.kind() == RequestedPosition.Kind.TIMESTAMP) {
                index = log.indexAtTime(position.topic(), Math.max(position.value(), earliest));
            } else if (position.value() != RequestedPosition.LATEST) {
                index =
                        Math.max(
                                log.indexAtOffset(position.topic(), position.value()),
                                log.indexAtTime(position.topic(), earliest));
            }
            boolean found = index < published;
            positions[i] =
                    RequestedPosition.atOffset(
                            position.topic(),
                            found ? log.event(index).offset() : RequestedPosition.LATEST);
            positionOf[topic] = i;
            starts[topic] = found ? index : published;
            next = Math.min(next, starts[topic]);
        }
    }

    /** The index from which on the log has to be read. */
    long next() {
        return next;
    }

    /** Takes the published event at {@link #next()}; null if it is of a topic not read there. */
    @Nullable SourceEvent take() {
        SourceEvent event = log.event(next);
        int topic = topics.indexOf(event.topic());
        if (next++ < starts[topic]) {
            return null;
        }
        positions[positionOf[topic]] =
                log.isResumedByOffset()
                        ? RequestedPosition.atOffset(event.topic(), event.offset() + 1)
                        : RequestedPosition.atTime(event.topic(), event.timestamp() + 1);
        return event;
    }

    /** Goes back by some events of the log, which are then read once more. */
    void rewind(int events) {
        next = Math.max(0, next - events);
    }

    int topics() {
        return positions.length;
    }

    /** What the frame of the event taken last says of a topic. */
    RequestedPosition position(int topic) {
        return positions[topic];
    }
}
