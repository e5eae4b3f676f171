package io.github.wikiflow.lake;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes rows as Parquet files of the lake in memory, one after the other, by flink-parquet and
 * without Hadoop: Parquet's plain configuration and a codec factory of our own take the place of
 * Hadoop's.
 *
 * <p>Not thread-safe; to be closed, for it may hold native memory.
 */
public final class LakeFileWriter implements AutoCloseable {

    /** Encoded bytes after which a row group is closed, which bounds the memory of a writer. */
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private static final int PAGE_BYTES = 256 << 10;
    private static final int DICTIONARY_BYTES = 256 << 10;

    private static final MessageType SCHEMA = LakeColumn.schema();
    private static final List<LakeColumn> COLUMNS = LakeColumn.ALL;

    private final PageCompression compression;
    private final ParquetWriterFactory<RowReader> factory;
    private final RowReader row = new RowReader();

    /** Of {@link #open}, which is called before all else. */
    @SuppressWarnings("NullAway.Init")
    private MemoryFile file;

    /** As {@link #file}. */
    @SuppressWarnings("NullAway.Init")
    private BulkWriter<RowReader> writer;

    private long changeTimestampMicros;

    /**
     * @param level of {@link Compression#ZSTD}, 1 (fast) to 22 (small); of no matter for others
     */
    public LakeFileWriter(Compression compression, int level) {
        this.compression = PageCompression.of(compression, level);
        factory = new ParquetWriterFactory<>(out -> new Builder(out).build());
    }

    /** Begins a file. */
    public void open() throws IOException {
        file = new MemoryFile();
        writer = factory.create(file);
    }

    /**
     * Adds the row that starts at this place of the array, in the form of {@link RowWriter}.
     *
     * @return when the row's change was made, in microseconds since 1970
     */
    public long add(byte[] array, int offset) throws IOException {
        row.start(array, offset);
        writer.addElement(row);
        return changeTimestampMicros;
    }

    /** Ends the file; returns the whole of it. */
    public byte[] finish() throws IOException {
        writer.finish();
        return file.content();
    }

    @Override
    public void close() {
        compression.close();
    }

    private final class Builder extends ParquetWriter.Builder<RowReader, Builder> {

        private Builder(OutputFile file) {
            super(file);
            withConf(new PlainParquetConfiguration());
            withCodecFactory(compression);
            withCompressionCodec(compression.getCodecName());
            withRowGroupSize(ROW_GROUP_BYTES);
            withPageSize(PAGE_BYTES);
            withDictionaryPageSize(DICTIONARY_BYTES);
            withSizeStatisticsEnabled(false);
            for (LakeColumn column : COLUMNS) {
                withDictionaryEncoding(column.columnName(), column.hasDictionary());
                withStatisticsEnabled(column.columnName(), column.hasStatistics());
            }
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Abstract and deprecated at once, so it has to be here; nobody calls it. */
        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<RowReader> getWriteSupport(Configuration hadoop) {
            return new RowSupport();
        }

        @Override
        protected WriteSupport<RowReader> getWriteSupport(ParquetConfiguration plain) {
            return new RowSupport();
        }
    }

    /** Hands the values of a row to Parquet, without copying them. */
    private final class RowSupport extends WriteSupport<RowReader> {
        private RecordConsumer consumer;

        /** Abstract and deprecated at once, so it has to be here; nobody calls it. */
        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration hadoop) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration plain) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(RowReader row) {
            consumer.startMessage();
            for (int i = 0; i < COLUMNS.size(); i++) {
                write(COLUMNS.get(i), i, row);
            }
            consumer.endMessage();
        }

        private void write(LakeColumn column, int index, RowReader row) {
            String name = column.columnName();
            switch (column.kind()) {
                case TEXT -> {
                    if (row.nextText()) {
                        consumer.startField(name, index);
                        consumer.addBinary(
                                Binary.fromReusedByteArray(
                                        row.array(), row.textStart(), row.textLength()));
                        consumer.endField(name, index);
                    }
                }
                case BOOLEAN -> {
                    Boolean value = row.nextBoolean();
                    if (value != null) {
                        consumer.startField(name, index);
                        consumer.addBoolean(value);
                        consumer.endField(name, index);
                    }
                }
                case INTEGER -> {
                    if (row.nextNumber()) {
                        consumer.startField(name, index);
                        consumer.addInteger(row.readInteger());
                        consumer.endField(name, index);
                    }
                }
                case LONG, TIMESTAMP -> {
                    if (row.nextNumber()) {
                        long value = row.readLong();
                        if (column == LakeColumn.CHANGE_TIMESTAMP) {
                            changeTimestampMicros = value;
                        }
                        consumer.startField(name, index);
                        consumer.addLong(value);
                        consumer.endField(name, index);
                    }
                }
            }
        }
    }
}
