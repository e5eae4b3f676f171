package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Cursor;
import io.github.wikiflow.bridge.position.CursorJson;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The compacted topic that keeps the cursor of each stream, by the stream's name. Reading it goes
 * through all of it, which is little, and only at the start and after a fault.
 */
final class CursorTopic {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String topic;
    private final byte[] key;
    private final String stream;
    private final CommittedTail all;

    CursorTopic(String topic, String stream, Properties clientProperties) {
        this.topic = topic;
        this.key = stream.getBytes(StandardCharsets.UTF_8);
        this.stream = stream;
        this.all = new CommittedTail(topic, clientProperties, Long.MAX_VALUE);
    }

    ProducerRecord<byte[], byte[]> record(Cursor cursor) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key, CursorJson.write(cursor));
        if (cursor.kind() != null) {
            record.headers()
                    .add(
                            SourceKind.RECORD_HEADER,
                            cursor.kind().label().getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    /**
     * The last committed cursor that can be read now. While transactions are open, also other
     * bridges', there may be later ones behind them.
     *
     * @return null if there is none
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    @Nullable Cursor readVisible() {
        Latest latest = new Latest();
        all.readVisible(ANSWER, latest);
        return parse(latest.value);
    }

    /**
     * The last committed cursor of those that were written before the call; waits until the
     * transactions in which they were written have ended.
     *
     * @param atMost how long a transaction can last
     * @return null if there is none
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    @Nullable Cursor readLatest(Duration atMost) {
        Latest latest = new Latest();
        all.readAll(atMost, latest);
        return parse(latest.value);
    }

    private @Nullable Cursor parse(byte @Nullable [] json) {
        try {
            return json == null ? null : CursorJson.read(json);
        } catch (IllegalArgumentException e) {
            throw new OperationException(
                    "the topic %s has no usable resume point for the stream %s (%s); to begin anew, delete the topic or give another by --cursor-topic"
                            .formatted(topic, stream, e.getMessage()),
                    e);
        }
    }

    /** The value of the stream's last record; null before the first, and after one without. */
    private final class Latest implements Consumer<ConsumerRecord<byte[], byte[]>> {
        private byte @Nullable [] value;

        @Override
        public void accept(ConsumerRecord<byte[], byte[]> record) {
            if (Arrays.equals(key, record.key())) {
                value = record.value();
            }
        }
    }
}
