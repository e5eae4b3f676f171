package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.EventIdentity;
import io.github.wikiflow.bridge.position.Place;
import io.github.wikiflow.bridge.position.RecentEvents;
import io.github.wikiflow.events.change.ChangeEnvelope;
import io.github.wikiflow.events.change.ChangeEnvelopeParser;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What the topic of changes itself tells a bridge that starts: which events were written last. They
 * were written in the same transactions as the cursor, which need not repeat it.
 */
final class WrittenChanges {

    /** Of each partition. About half of them are events, the others ends of transactions. */
    private static final long OFFSETS = 1_000;

    private final ChangeEnvelopeParser parser = new ChangeEnvelopeParser();
    private final RecentEvents events = new RecentEvents();
    private @Nullable SourceKind kind;

    private WrittenChanges() {}

    /**
     * Reads the end of the topic.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    static WrittenChanges read(KafkaSettings settings) {
        WrittenChanges written = new WrittenChanges();
        new CommittedTail(settings.changesTopic(), settings.clientProperties(), OFFSETS)
                .readAll(TransactionalForwarder.TRANSACTION_TIMEOUT, written::add);
        return written;
    }

    RecentEvents events() {
        return events;
    }

    /** Of which kind they are; null if there are none. */
    @Nullable SourceKind kind() {
        return kind;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        ChangeEnvelope envelope = parser.parseFront(record.value());
        Place place = Place.of(envelope);
        UUID id = EventIdentity.of(envelope.id());
        if (id == null && place != null) {
            id = EventIdentity.of(record.value(), place);
        }
        if (id != null) {
            events.add(id, place);
        }
        Header header = record.headers().lastHeader(SourceKind.RECORD_HEADER);
        kind =
                header == null
                        ? SourceKind.LIVE
                        : SourceKind.ofLabel(new String(header.value(), StandardCharsets.UTF_8));
    }
}
