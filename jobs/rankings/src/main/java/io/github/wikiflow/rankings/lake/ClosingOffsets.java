package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.time.EventTime;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.kafka.common.TopicPartition;

/**
 * Which changes were late, found out from changes that come in any order.
 *
 * <p>A change is late if one before it in its partition had closed its window for good. So a window
 * has, in each partition, a closing offset: the least offset of the changes whose time is beyond
 * the window, its lateness and the out-of-orderness. What has a greater offset is late, what has a
 * smaller one is not. A least offset needs no order, and can be put together from parts.
 *
 * <p>Closing offsets never fall from a window to a later one, since what closes the later one
 * closes the earlier one too. So a window needs an entry only if its closing offset is smaller than
 * that of the next: as many entries as windows, at most.
 *
 * <p>Not thread-safe.
 */
final class ClosingOffsets {

    /** Of an entry, as it is sent and kept: topic, partition, start of the window and offset. */
    static final TypeInformation<Tuple4<String, Integer, Long, Long>> ENTRY_TYPE =
            Types.TUPLE(Types.STRING, Types.INT, Types.LONG, Types.LONG);

    /** Receives an entry. */
    interface EntryConsumer<E extends Exception> {
        void accept(Tuple4<String, Integer, Long, Long> entry) throws E;
    }

    private final EventTime eventTime;
    private final Map<TopicPartition, Closings> partitions = new HashMap<>();

    ClosingOffsets(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    /**
     * Takes a change into account.
     *
     * @param time of the change, in epoch milliseconds
     */
    void addChange(TopicPartition partition, long offset, long time) {
        add(partition, eventTime.lastClosed(eventTime.watermark(time)), offset);
    }

    /** Takes an entry of others into account. */
    void add(Tuple4<String, Integer, Long, Long> entry) {
        add(new TopicPartition(entry.f0, entry.f1), entry.f2, entry.f3);
    }

    /** At this offset the window and all before it are closed. */
    private void add(TopicPartition partition, long windowStart, long offset) {
        Closings closings = partitions.get(partition);
        if (closings == null) {
            closings = new Closings();
            partitions.put(partition, closings);
        }
        closings.add(windowStart, offset);
    }

    /** Whether the window was closed for good in this partition before this offset. */
    boolean isLate(TopicPartition partition, long offset, long windowStart) {
        Closings closings = partitions.get(partition);
        return closings != null && closings.isClosed(windowStart, offset);
    }

    /** The start of the last window that was closed for good in this partition before an offset. */
    OptionalLong lastClosed(TopicPartition partition, long offset) {
        Closings closings = partitions.get(partition);
        return closings == null ? OptionalLong.empty() : closings.lastClosed(offset);
    }

    /**
     * Forgets what no longer matters when there will be no question about smaller offsets: the
     * windows before the last one that was closed.
     */
    void forgetBefore(TopicPartition partition, long offset) {
        Closings closings = partitions.get(partition);
        if (closings != null) {
            closings.forgetBefore(offset);
        }
    }

    /** Hands out the entries, of which {@link #add(Tuple4)} makes the same again. */
    <E extends Exception> void forEach(EntryConsumer<E> consumer) throws E {
        for (Map.Entry<TopicPartition, Closings> partition : partitions.entrySet()) {
            for (Map.Entry<Long, Long> entry : partition.getValue().byWindow.entrySet()) {
                consumer.accept(
                        Tuple4.of(
                                partition.getKey().topic(),
                                partition.getKey().partition(),
                                entry.getKey(),
                                entry.getValue()));
            }
        }
    }

    /** The closing offsets of one partition, rising from window to window. */
    private static final class Closings {
        private final NavigableMap<Long, Long> byWindow = new TreeMap<>();

        /** What was asked last, since the next change mostly closes nothing that it did not. */
        private long knownWindow = Long.MIN_VALUE;

        private long knownOffset = Long.MIN_VALUE;

        private void add(long windowStart, long offset) {
            if (windowStart == knownWindow && offset >= knownOffset) {
                return;
            }
            knownWindow = windowStart;
            knownOffset = offset;
            Map.Entry<Long, Long> atOrAfter = byWindow.ceilingEntry(windowStart);
            if (atOrAfter != null && atOrAfter.getValue() <= offset) {
                return;
            }
            byWindow.put(windowStart, offset);
            Map.Entry<Long, Long> before = byWindow.lowerEntry(windowStart);
            while (before != null && before.getValue() >= offset) {
                byWindow.remove(before.getKey());
                before = byWindow.lowerEntry(windowStart);
            }
        }

        private boolean isClosed(long windowStart, long offset) {
            Map.Entry<Long, Long> closing = byWindow.ceilingEntry(windowStart);
            return closing != null && closing.getValue() < offset;
        }

        private OptionalLong lastClosed(long offset) {
            OptionalLong last = OptionalLong.empty();
            for (Map.Entry<Long, Long> entry : byWindow.entrySet()) {
                if (entry.getValue() >= offset) {
                    break;
                }
                last = OptionalLong.of(entry.getKey());
            }
            return last;
        }

        private void forgetBefore(long offset) {
            OptionalLong last = lastClosed(offset);
            if (last.isPresent()) {
                byWindow.headMap(last.getAsLong()).clear();
            }
        }
    }
}
