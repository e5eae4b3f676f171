package io.github.wikiflow.rankings.lake;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which offsets are in the batches of files that are not settled yet, and up to which offset of
 * each partition everything is. Not thread-safe.
 */
final class BatchOffsets {

    /** Of a partition in which nothing is settled. */
    private static final long NONE = -1;

    private final NavigableMap<Long, Map<Integer, Span>> byBatch = new TreeMap<>();
    private final Map<Integer, Long> settled = new HashMap<>();
    private long changes;

    /** Receives what is known of one partition in one batch. */
    interface SpanConsumer {
        void accept(long batch, int partition, Span span) throws Exception;
    }

    /** Receives the last settled offset of a partition. */
    interface SettledConsumer {
        void accept(int partition, long offset) throws Exception;
    }

    /**
     * The changes of a partition that are in a batch.
     *
     * @param least the smallest of their offsets
     * @param greatest the greatest
     * @param changes how many there are
     */
    record Span(long least, long greatest, long changes) {

        Span with(Span other) {
            return new Span(
                    Math.min(least, other.least),
                    Math.max(greatest, other.greatest),
                    changes + other.changes);
        }
    }

    /** Adds changes to a batch. */
    void add(long batch, int partition, Span span) {
        byBatch.computeIfAbsent(batch, each -> new HashMap<>()).merge(partition, span, Span::with);
        changes += span.changes();
    }

    /** Adds the end of what is settled in a partition. */
    void addSettled(int partition, long offset) {
        settled.merge(partition, offset, Math::max);
    }

    /** Whether nothing waits. */
    boolean isEmpty() {
        return byBatch.isEmpty();
    }

    /** The oldest batch that waits. */
    long first() {
        return byBatch.firstKey();
    }

    /** Takes the oldest batch as settled, and with it all offsets before those in it. */
    void settleFirst() {
        for (Map.Entry<Integer, Span> span : byBatch.pollFirstEntry().getValue().entrySet()) {
            addSettled(span.getKey(), span.getValue().greatest());
            changes -= span.getValue().changes();
        }
    }

    /** The partitions of which changes wait. */
    Set<Integer> waitingPartitions() {
        Set<Integer> partitions = new HashSet<>();
        byBatch.values().forEach(batch -> partitions.addAll(batch.keySet()));
        return partitions;
    }

    /** The smallest offset of a partition that may still come, or waits. */
    long firstUnsettled(int partition) {
        long first = settled.getOrDefault(partition, NONE) + 1;
        for (Map<Integer, Span> batch : byBatch.values()) {
            Span span = batch.get(partition);
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
        for (Map.Entry<Long, Map<Integer, Span>> batch : byBatch.entrySet()) {
            for (Map.Entry<Integer, Span> span : batch.getValue().entrySet()) {
                consumer.accept(batch.getKey(), span.getKey(), span.getValue());
            }
        }
    }

    /** Hands out what is settled, of which {@link #addSettled} makes the same again. */
    void forEachSettled(SettledConsumer consumer) throws Exception {
        for (Map.Entry<Integer, Long> partition : settled.entrySet()) {
            consumer.accept(partition.getKey(), partition.getValue());
        }
    }
}
