package io.github.wikiflow.archive.file;

import io.github.wikiflow.archive.row.LakeColumn;
import io.github.wikiflow.archive.row.RowReader;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands the columns of a row to Parquet straight from the row's bytes. */
final class RowWriteSupport extends WriteSupport<RowReader> {

    private RecordConsumer consumer;
    private long changeTimestampMicros;

    /** When the last written row's change was made, in microseconds since 1970. */
    long changeTimestampMicros() {
        return changeTimestampMicros;
    }

    @Override
    @SuppressWarnings("deprecation")
    public WriteContext init(Configuration configuration) {
        return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return context();
    }

    private static WriteContext context() {
        return new WriteContext(LakeColumn.schema(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
        consumer = recordConsumer;
    }

    @Override
    public void write(RowReader row) {
        consumer.startMessage();
        List<LakeColumn> columns = LakeColumn.ALL;
        for (int i = 0; i < columns.size(); i++) {
            LakeColumn column = columns.get(i);
            switch (column.kind()) {
                case TEXT -> writeText(row, column, i);
                case BOOLEAN -> writeBoolean(row, column, i);
                case INTEGER -> writeInteger(row, column, i);
                case LONG, TIMESTAMP -> writeLong(row, column, i);
                default -> throw new IllegalStateException("no writer for " + column.kind());
            }
        }
        consumer.endMessage();
    }

    private void writeText(RowReader row, LakeColumn column, int index) {
        if (row.nextText()) {
            consumer.startField(column.columnName(), index);
            consumer.addBinary(
                    Binary.fromReusedByteArray(row.array(), row.textStart(), row.textLength()));
            consumer.endField(column.columnName(), index);
        }
    }

    private void writeBoolean(RowReader row, LakeColumn column, int index) {
        Boolean value = row.nextBoolean();
        if (value != null) {
            consumer.startField(column.columnName(), index);
            consumer.addBoolean(value);
            consumer.endField(column.columnName(), index);
        }
    }

    private void writeInteger(RowReader row, LakeColumn column, int index) {
        if (row.nextNumber()) {
            consumer.startField(column.columnName(), index);
            consumer.addInteger(row.readInteger());
            consumer.endField(column.columnName(), index);
        }
    }

    private void writeLong(RowReader row, LakeColumn column, int index) {
        if (row.nextNumber()) {
            long value = row.readLong();
            if (column == LakeColumn.CHANGE_TIMESTAMP) {
                changeTimestampMicros = value;
            }
            consumer.startField(column.columnName(), index);
            consumer.addLong(value);
            consumer.endField(column.columnName(), index);
        }
    }
}
