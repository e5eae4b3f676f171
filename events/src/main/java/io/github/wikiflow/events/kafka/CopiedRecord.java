package io.github.wikiflow.events.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of another topic as it goes to one of dead letters or late changes: key and value as
 * found, but only the front of what is too large. The topic it comes from may take larger records
 * than this one, and a record that Kafka refuses would stop a job for good.
 */
public final class CopiedRecord {

    /** Bytes of the value of which only the front is kept, in decimal; absent if all of it is. */
    public static final String ORIGINAL_BYTES = "original-bytes";

    /** As {@link #ORIGINAL_BYTES}, of the key. */
    public static final String ORIGINAL_KEY_BYTES = "original-key-bytes";

    /** Brokers and producers refuse more than 1 MiB by default, headers included. */
    private static final int LARGEST = 1_000_000;

    private static final int KEPT = 65_536;

    private CopiedRecord() {}

    /** The record, without headers of the original. */
    public static ProducerRecord<byte[], byte[]> of(
            String topic, byte @Nullable [] key, byte @Nullable [] value) {
        if (length(key) + length(value) <= LARGEST) {
            return new ProducerRecord<>(topic, key, value);
        }
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, front(key), front(value));
        note(record, ORIGINAL_BYTES, value);
        note(record, ORIGINAL_KEY_BYTES, key);
        return record;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte @Nullable [] front(byte @Nullable [] bytes) {
        return bytes == null || bytes.length <= KEPT ? bytes : Arrays.copyOf(bytes, KEPT);
    }

    private static void note(
            ProducerRecord<byte[], byte[]> record, String header, byte @Nullable [] original) {
        if (original != null && original.length > KEPT) {
            record.headers()
                    .add(
                            header,
                            Integer.toString(original.length).getBytes(StandardCharsets.UTF_8));
        }
    }
}
