package io.github.wikiflow.archive.file;

import io.github.wikiflow.archive.row.LakeColumn;
import io.github.wikiflow.archive.row.RowReader;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;

/**
 * Encodes rows as one Parquet file in memory: open, add each row, finish.
 *
 * <p>Not thread-safe.
 */
final class ParquetEncoder implements AutoCloseable {

    /** Encoded bytes after which a row group is closed, which bounds the memory of an encoder. */
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private static final int PAGE_BYTES = 256 << 10;
    private static final int DICTIONARY_BYTES = 256 << 10;

    private final FileSettings settings;
    private final PageCompression pageCompression;
    private final RowReader row = new RowReader();

    private BytesOutputFile file;
    private RowWriteSupport support;
    private ParquetWriter<RowReader> writer;

    ParquetEncoder(FileSettings settings) {
        this.settings = settings;
        this.pageCompression = new PageCompression(settings);
    }

    void open() throws IOException {
        file = new BytesOutputFile();
        support = new RowWriteSupport();
        Builder builder =
                new Builder(file, support)
                        .withConf(new PlainParquetConfiguration())
                        .withCompressionCodec(settings.compression().codec())
                        .withCodecFactory(pageCompression)
                        .withRowGroupSize(ROW_GROUP_BYTES)
                        .withPageSize(PAGE_BYTES)
                        .withDictionaryPageSize(DICTIONARY_BYTES)
                        .withValidation(false);
        for (LakeColumn column : LakeColumn.ALL) {
            builder.withDictionaryEncoding(column.columnName(), column.repeats());
        }
        writer = builder.build();
    }

    /**
     * Adds the row that starts at this place of the array.
     *
     * @return when the row's change was made, in microseconds since 1970
     */
    long add(byte[] array, int offset) throws IOException {
        row.start(array, offset);
        writer.write(row);
        return support.changeTimestampMicros();
    }

    /** The whole file. */
    byte[] finish() throws IOException {
        writer.close();
        return file.content();
    }

    @Override
    public void close() {
        pageCompression.close();
    }

    private static final class Builder extends ParquetWriter.Builder<RowReader, Builder> {
        private final RowWriteSupport support;

        Builder(OutputFile file, RowWriteSupport support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<RowReader> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<RowReader> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
