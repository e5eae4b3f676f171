package io.github.wikiflow.archive.row;

import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChange.Log;
import io.github.wikiflow.events.change.WikiChange.Meta;
import io.github.wikiflow.jobs.RawChange;
import java.nio.charset.StandardCharsets;

/**
 * Turns a change and the Kafka record that brought it into a row of the lake: a value for each
 * {@link LakeColumn}, in that order.
 *
 * <p>Not thread-safe.
 */
public final class RowEncoder {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final byte[] topic;
    private final RowWriter row = new RowWriter();

    /**
     * @param topic the topic that the records come from
     */
    public RowEncoder(String topic) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
    }

    /** The row, in the form of {@link RowWriter}. */
    public byte[] encode(RawChange record, WikiChange change) {
        Meta meta = change.meta();
        Log log = change.log();
        row.start();
        row.text(key(record.key()));
        row.text(topic);
        row.number(record.timestamp() * MICROS_PER_MILLI);
        row.text(change.schema());
        row.bool(change.bot());
        row.text(change.comment());
        row.text(change.id());
        row.number(change.length().newValue());
        row.number(change.length().oldValue());
        row.bool(change.minor());
        row.integer(change.namespace());
        row.text(change.parsedComment());
        row.bool(change.patrolled());
        row.number(change.revision().newValue());
        row.number(change.revision().oldValue());
        row.text(change.serverScriptPath());
        row.text(change.serverUrl());
        row.number(change.timestamp() * MICROS_PER_SECOND);
        row.text(change.title());
        row.text(change.type());
        row.text(change.user());
        row.text(change.wiki());
        row.text(meta.domain());
        row.number(IsoTimestamp.micros(meta.dt()));
        row.text(meta.id());
        row.number(meta.offset());
        row.integer(meta.partition());
        row.text(meta.requestId());
        row.text(meta.stream());
        row.text(meta.topic());
        row.text(meta.uri());
        row.text(change.titleUrl());
        row.text(change.notifyUrl());
        row.number(log.id());
        row.text(log.type());
        row.text(log.action());
        row.text(log.actionComment());
        row.text(log.params());
        row.integer(record.partition());
        row.number(record.offset());
        return row.finish();
    }

    /** The key as text: a stranger's bytes need not be UTF-8, but a text column must be. */
    private static String key(byte[] key) {
        return key == null ? null : new String(key, StandardCharsets.UTF_8);
    }
}
