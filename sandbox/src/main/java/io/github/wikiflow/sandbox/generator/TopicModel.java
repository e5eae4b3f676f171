package io.github.wikiflow.sandbox.generator;

/**
 * Where events land that are produced in their order into an empty topic, without a transaction. To
 * model several logs in one topic, hand it the events of one after the other. Not thread-safe.
 */
public final class TopicModel {

    private final long[] nextOffsets;

    /** An empty topic with so many partitions. */
    public TopicModel(int partitions) {
        nextOffsets = new long[partitions];
    }

    /** Appends the event to the partition of its key. */
    public LandedEvent land(GeneratedEvent event) {
        int partition = partition(event.key(), nextOffsets.length);
        return new LandedEvent(event, partition, nextOffsets[partition]++, event.recordTime());
    }

    /** The partition that Kafka's default partitioner chooses for a key. */
    public static int partition(byte[] key, int partitions) {
        return (murmur2(key) & Integer.MAX_VALUE) % partitions;
    }

    /** MurmurHash2 by Austin Appleby, 32 bits, with the seed that Kafka uses. */
    static int murmur2(byte[] data) {
        int multiplier = 0x5bd1e995;
        int hash = 0x9747b28c ^ data.length;
        int blocksEnd = data.length & ~3;
        for (int i = 0; i < blocksEnd; i += 4) {
            int block =
                    data[i] & 0xFF
                            | (data[i + 1] & 0xFF) << 8
                            | (data[i + 2] & 0xFF) << 16
                            | data[i + 3] << 24;
            block *= multiplier;
            block ^= block >>> 24;
            hash = hash * multiplier ^ block * multiplier;
        }
        if (blocksEnd < data.length) {
            for (int i = data.length - 1; i >= blocksEnd; i--) {
                hash ^= (data[i] & 0xFF) << 8 * (i - blocksEnd);
            }
            hash *= multiplier;
        }
        hash ^= hash >>> 13;
        hash *= multiplier;
        return hash ^ hash >>> 15;
    }
}
