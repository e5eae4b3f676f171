package io.github.wikiflow.archive.row;

import io.github.wikiflow.events.change.ChangeField;
import io.github.wikiflow.events.change.ChangeValues;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.RowWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a change and the Kafka record that brought it into a row of the lake: a value for each
 * {@link LakeColumn}, in that order.
 *
 * <p>Not thread-safe.
 */
public final class RowEncoder {

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final LakeColumn[] COLUMNS = LakeColumn.values();

    private final byte[] topic;
    private final RowWriter row = new RowWriter();
    private byte[] dateTime = new byte[32];

    /**
     * @param topic the topic that the records come from
     */
    public RowEncoder(String topic) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
    }

    /** The row, in the form of {@link RowWriter}. */
    public byte[] encode(RawChange record, ChangeValues change) {
        row.start();
        for (LakeColumn column : COLUMNS) {
            switch (column) {
                case EVENT_KEY -> row.text(text(record.key()));
                case EVENT_TOPIC -> row.text(topic);
                case EVENT_TIMESTAMP -> row.number(record.timestamp() * MICROS_PER_MILLI);
                case EVENT_PARTITION -> row.integer(record.partition());
                case EVENT_OFFSET -> row.number(record.offset());
                case CHANGE_TIMESTAMP -> row.number(change.timestamp() * MICROS_PER_SECOND);
                default -> {
                    ChangeField field = column.field();
                    if (field != null && change.has(field)) {
                        copy(change, field, column.kind());
                    } else {
                        row.absent();
                    }
                }
            }
        }
        return row.finish();
    }

    private void copy(ChangeValues change, ChangeField field, LakeColumn.Kind kind) {
        switch (kind) {
            case TEXT -> row.text(change, field);
            case BOOLEAN -> row.bool(change.isTrue(field));
            case INTEGER -> row.integer((int) change.number(field));
            case LONG -> row.number(change.number(field));
            case TIMESTAMP -> copyDateTime(change, field);
        }
    }

    private void copyDateTime(ChangeValues change, ChangeField field) {
        int length = change.textLength(field);
        if (dateTime.length < length) {
            dateTime = new byte[length];
        }
        change.copyText(field, dateTime, 0);
        long micros = IsoTimestamp.micros(dateTime, length);
        if (micros == IsoTimestamp.NONE) {
            row.absent();
        } else {
            row.number(micros);
        }
    }

    /** The key as text: a stranger's bytes need not be UTF-8, but a text column must be. */
    private static byte @Nullable [] text(byte @Nullable [] key) {
        if (key == null || isAscii(key)) {
            return key;
        }
        return new String(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
