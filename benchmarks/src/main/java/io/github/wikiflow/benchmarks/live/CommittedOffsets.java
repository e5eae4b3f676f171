package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.kafka.Topic;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * How far the jobs have come for good: the offsets that each commits when a checkpoint is complete.
 * Thread-safe.
 */
final class CommittedOffsets implements AutoCloseable {

    private final Admin admin;

    CommittedOffsets(Properties client) {
        admin = Admin.create(client);
    }

    /** The next offset of each partition of changes; empty before the first checkpoint. */
    Map<Integer, Long> of(String job) throws InterruptedException, ExecutionException {
        Map<Integer, Long> offsets = new TreeMap<>();
        admin.listConsumerGroupOffsets(job)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach(
                        (partition, offset) -> {
                            if (partition.topic().equals(Topic.CHANGES.defaultName())) {
                                offsets.put(partition.partition(), offset.offset());
                            }
                        });
        return offsets;
    }

    /** How many changes both jobs have taken for good. */
    long common() throws InterruptedException, ExecutionException {
        return Math.min(sum(LivePipeline.ARCHIVE), sum(LivePipeline.RANKINGS));
    }

    private long sum(String job) throws InterruptedException, ExecutionException {
        return of(job).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
