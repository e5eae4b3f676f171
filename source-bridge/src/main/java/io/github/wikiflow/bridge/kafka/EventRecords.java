package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.stream.ReceivedEvent;
import io.github.wikiflow.events.change.ChangeEnvelope;
import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.events.text.PlainText;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes Kafka records of events. Stateless; may be shared between threads. */
final class EventRecords {

    /**
     * What a record has around its key and value: headers, lengths, the frame of a batch of one.
     */
    private static final int RECORD_OVERHEAD = 512;

    /** Of a frame's id, which a dead letter names; real ones are shorter. */
    private static final int LONGEST_POSITION = 1_000;

    private final String stream;
    private final String changesTopic;
    private final String deadLettersTopic;
    private final int maxRecordBytes;
    private final InstantSource clock;

    /**
     * @param maxRecordBytes what Kafka accepts
     * @param clock gives the records' time
     */
    EventRecords(
            String stream,
            String changesTopic,
            String deadLettersTopic,
            int maxRecordBytes,
            InstantSource clock) {
        this.clock = clock;
        this.stream = stream;
        this.changesTopic = changesTopic;
        this.deadLettersTopic = deadLettersTopic;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** A change, or a dead letter if the event has a flaw or does not fit into a record. */
    ProducerRecord<byte[], byte[]> record(ReceivedEvent event, SourceKind kind) {
        ProducerRecord<byte[], byte[]> record = record(event);
        if (kind != SourceKind.LIVE) {
            record.headers().add(SourceKind.RECORD_HEADER, utf8(kind.label()));
        }
        return record;
    }

    String changesTopic() {
        return changesTopic;
    }

    private ProducerRecord<byte[], byte[]> record(ReceivedEvent event) {
        if (event.flaw() != null) {
            return deadLetter(event, event.flaw());
        }
        byte[] key = key(event.envelope());
        if (key.length + event.data().length + RECORD_OVERHEAD > maxRecordBytes) {
            return deadLetter(event, "larger with its key than the topic accepts");
        }
        return new ProducerRecord<>(changesTopic, null, clock.millis(), key, event.data());
    }

    boolean isChange(ProducerRecord<byte[], byte[]> record) {
        return record.topic().equals(changesTopic);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ReceivedEvent event, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(deadLettersTopic, null, clock.millis(), null, event.data());
        letter.headers().add(DeadLetterHeaders.REASON, utf8(PlainText.escape(reason)));
        letter.headers().add(DeadLetterHeaders.SOURCE_TOPIC, utf8(stream));
        String id = event.id();
        if (id != null) {
            letter.headers()
                    .add(
                            DeadLetterHeaders.SOURCE_POSITION,
                            utf8(
                                    PlainText.escape(
                                            id.substring(
                                                    0, Math.min(id.length(), LONGEST_POSITION)))));
        }
        return letter;
    }

    /** The page's key; what the event does not say is empty. */
    private static byte[] key(ChangeEnvelope envelope) {
        String wiki = envelope.wiki() == null ? "" : envelope.wiki();
        String title = envelope.title() == null ? "" : envelope.title();
        return utf8(wiki + ':' + title);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
