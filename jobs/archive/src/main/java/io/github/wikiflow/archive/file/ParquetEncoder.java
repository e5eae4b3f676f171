package io.github.wikiflow.archive.file;

import io.github.wikiflow.archive.row.LakeColumn;
import io.github.wikiflow.archive.row.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Encodes rows as one Parquet file in memory: open, add each row, finish; then the next file.
 *
 * <p>The values go from a row's bytes straight to Parquet's column writers: the lake's columns are
 * flat, so there is nothing for Parquet's record layer to assemble.
 *
 * <p>Not thread-safe; to be closed, for it may hold native memory.
 */
final class ParquetEncoder implements AutoCloseable {

    /** Encoded bytes after which a row group is closed, which bounds the memory of an encoder. */
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private static final int ROWS_BETWEEN_SIZE_CHECKS = 1_000;
    private static final int PAGE_BYTES = 256 << 10;
    private static final int DICTIONARY_BYTES = 256 << 10;

    private static final MessageType SCHEMA = LakeColumn.schema();
    private static final List<ColumnDescriptor> DESCRIPTORS = SCHEMA.getColumns();
    private static final LakeColumn[] COLUMNS = LakeColumn.values();
    private static final ParquetProperties PROPERTIES = properties();

    private final PageCompression compression;
    private final RowReader row = new RowReader();
    private final ColumnWriter[] writers = new ColumnWriter[COLUMNS.length];

    private BytesOutputFile file;
    private ParquetFileWriter fileWriter;
    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore store;
    private int rowsInGroup;
    private long changeTimestampMicros;

    ParquetEncoder(FileSettings settings) {
        compression = PageCompression.of(settings);
    }

    private static ParquetProperties properties() {
        ParquetProperties.Builder builder =
                ParquetProperties.builder()
                        .withPageSize(PAGE_BYTES)
                        .withDictionaryPageSize(DICTIONARY_BYTES)
                        .withSizeStatisticsEnabled(false);
        for (LakeColumn column : COLUMNS) {
            builder.withDictionaryEncoding(column.columnName(), column.hasDictionary());
            builder.withStatisticsEnabled(column.columnName(), column.hasStatistics());
        }
        return builder.build();
    }

    /** Begins a file. */
    void open() throws IOException {
        file = new BytesOutputFile();
        fileWriter =
                new ParquetFileWriter(
                        file,
                        SCHEMA,
                        ParquetFileWriter.Mode.CREATE,
                        ROW_GROUP_BYTES,
                        0,
                        null,
                        PROPERTIES);
        fileWriter.start();
        startRowGroup();
    }

    private void startRowGroup() {
        pages =
                new ColumnChunkPageWriteStore(
                        compression,
                        SCHEMA,
                        PROPERTIES.getAllocator(),
                        PROPERTIES.getColumnIndexTruncateLength(),
                        PROPERTIES.getPageWriteChecksumEnabled());
        store = PROPERTIES.newColumnWriteStore(SCHEMA, pages, pages);
        for (int i = 0; i < writers.length; i++) {
            writers[i] = store.getColumnWriter(DESCRIPTORS.get(i));
        }
        rowsInGroup = 0;
    }

    /**
     * Adds the row that starts at this place of the array.
     *
     * @return when the row's change was made, in microseconds since 1970
     */
    long add(byte[] array, int offset) throws IOException {
        row.start(array, offset);
        for (int i = 0; i < COLUMNS.length; i++) {
            addValue(COLUMNS[i], writers[i]);
        }
        store.endRecord();
        rowsInGroup++;
        if (rowsInGroup % ROWS_BETWEEN_SIZE_CHECKS == 0
                && store.getBufferedSize() >= ROW_GROUP_BYTES) {
            endRowGroup();
            startRowGroup();
        }
        return changeTimestampMicros;
    }

    private void addValue(LakeColumn column, ColumnWriter writer) {
        int present = column.required() ? 0 : 1;
        switch (column.kind()) {
            case TEXT -> {
                if (row.nextText()) {
                    writer.write(
                            Binary.fromReusedByteArray(
                                    row.array(), row.textStart(), row.textLength()),
                            0,
                            present);
                    return;
                }
            }
            case BOOLEAN -> {
                Boolean value = row.nextBoolean();
                if (value != null) {
                    writer.write(value.booleanValue(), 0, present);
                    return;
                }
            }
            case INTEGER -> {
                if (row.nextNumber()) {
                    writer.write(row.readInteger(), 0, present);
                    return;
                }
            }
            case LONG, TIMESTAMP -> {
                if (row.nextNumber()) {
                    long value = row.readLong();
                    if (column == LakeColumn.CHANGE_TIMESTAMP) {
                        changeTimestampMicros = value;
                    }
                    writer.write(value, 0, present);
                    return;
                }
            }
        }
        writer.writeNull(0, 0);
    }

    private void endRowGroup() throws IOException {
        fileWriter.startBlock(rowsInGroup);
        store.flush();
        pages.flushToFileWriter(fileWriter);
        fileWriter.endBlock();
        store.close();
        pages.close();
    }

    /** Ends the file; returns the whole of it. */
    byte[] finish() throws IOException {
        if (rowsInGroup > 0) {
            endRowGroup();
        }
        fileWriter.end(Map.of());
        return file.content();
    }

    @Override
    public void close() {
        compression.close();
    }
}
