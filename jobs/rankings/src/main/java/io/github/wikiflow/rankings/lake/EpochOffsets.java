package io.github.wikiflow.rankings.lake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Which offsets are in the epochs that are not settled yet, and up to which offset of each
 * partition everything is. Not thread-safe.
 */
final class EpochOffsets {

    /** Of a partition in which nothing is settled. */
    private static final Settled NOTHING = new Settled(-1, Long.MIN_VALUE);

    private final NavigableMap<Long, Map<TopicPartition, Span>> byEpoch = new TreeMap<>();
    private final Map<TopicPartition, Settled> settled = new HashMap<>();
    private long latestSettled = Long.MIN_VALUE;
    private long changes;

    /** Receives what is known of one partition in one epoch. */
    interface SpanConsumer {
        void accept(long epoch, TopicPartition partition, Span span) throws Exception;
    }

    /** Receives the end of what is settled in a partition. */
    interface SettledConsumer {
        void accept(TopicPartition partition, Settled end) throws Exception;
    }

    /**
     * The changes of a partition that are in an epoch.
     *
     * @param least the smallest of their offsets
     * @param greatest the greatest
     * @param latest when the last of their files was written, in epoch milliseconds
     * @param changes how many there are
     */
    record Span(long least, long greatest, long latest, long changes) {

        Span with(Span other) {
            return new Span(
                    Math.min(least, other.least),
                    Math.max(greatest, other.greatest),
                    Math.max(latest, other.latest),
                    changes + other.changes);
        }
    }

    /**
     * The end of what is settled in a partition.
     *
     * @param offset up to which it is, inclusive
     * @param latest when the last file with changes before it was written, in epoch milliseconds
     */
    record Settled(long offset, long latest) {

        Settled with(Settled other) {
            return new Settled(Math.max(offset, other.offset), Math.max(latest, other.latest));
        }
    }

    /** Adds changes to an epoch. */
    void add(long epoch, TopicPartition partition, Span span) {
        byEpoch.computeIfAbsent(epoch, each -> new HashMap<>()).merge(partition, span, Span::with);
        changes += span.changes();
    }

    /** Adds the end of what is settled in a partition. */
    void addSettled(TopicPartition partition, Settled end) {
        settled.merge(partition, end, Settled::with);
        latestSettled = Math.max(latestSettled, end.latest());
    }

    /** Whether a change was settled, if it was ever there. */
    boolean isSettled(TopicPartition partition, long offset) {
        return offset <= settled.getOrDefault(partition, NOTHING).offset();
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return byEpoch.isEmpty();
    }

    /** The first epoch that waits. */
    long first() {
        return byEpoch.firstKey();
    }

    /** The epochs that wait, in order. */
    List<Long> waiting() {
        return List.copyOf(byEpoch.keySet());
    }

    /** Takes back what was added to an epoch. */
    void remove(long epoch) {
        Map<TopicPartition, Span> spans = byEpoch.remove(epoch);
        if (spans != null) {
            spans.values().forEach(span -> changes -= span.changes());
        }
    }

    /** Takes the first epoch as settled, and with it all offsets before those in it. */
    void settleFirst() {
        for (Map.Entry<TopicPartition, Span> each :
                byEpoch.pollFirstEntry().getValue().entrySet()) {
            Span span = each.getValue();
            addSettled(each.getKey(), new Settled(span.greatest(), span.latest()));
            changes -= span.changes();
        }
    }

    /**
     * The partitions that others have to wait for: those of which changes wait, and those of which
     * something was settled that was not written much earlier than the latest of all.
     *
     * @param idlenessMillis how much earlier that may be
     */
    Set<TopicPartition> activePartitions(long idlenessMillis) {
        Set<TopicPartition> active = new HashSet<>();
        byEpoch.values().forEach(epoch -> active.addAll(epoch.keySet()));
        settled.forEach(
                (partition, end) -> {
                    if (end.latest() >= latestSettled - idlenessMillis) {
                        active.add(partition);
                    }
                });
        return active;
    }

    /** The smallest offset of a partition that may still come, or waits. */
    long firstUnsettled(TopicPartition partition) {
        long first = settled.getOrDefault(partition, NOTHING).offset() + 1;
        for (Map<TopicPartition, Span> epoch : byEpoch.values()) {
            Span span = epoch.get(partition);
            if (span != null) {
                first = Math.min(first, span.least());
            }
        }
        return first;
    }

    /** How many changes wait. */
    long changes() {
        return changes;
    }

    /** Hands out what waits, of which {@link #add} makes the same again. */
    void forEachSpan(SpanConsumer consumer) throws Exception {
        for (Map.Entry<Long, Map<TopicPartition, Span>> epoch : byEpoch.entrySet()) {
            for (Map.Entry<TopicPartition, Span> span : epoch.getValue().entrySet()) {
                consumer.accept(epoch.getKey(), span.getKey(), span.getValue());
            }
        }
    }

    /** Hands out what is settled, of which {@link #addSettled} makes the same again. */
    void forEachSettled(SettledConsumer consumer) throws Exception {
        for (Map.Entry<TopicPartition, Settled> partition : settled.entrySet()) {
            consumer.accept(partition.getKey(), partition.getValue());
        }
    }
}
