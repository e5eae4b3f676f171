package io.github.wikiflow.lake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.zip.CRC32;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one row group, for Parquet's column readers. Parquet's own reader of files cannot be
 * made without Hadoop; all that it would do for flat columns without filters is here.
 */
final class RowGroup implements PageReadStore {

    private static final ParquetMetadataConverter CONVERTER = new ParquetMetadataConverter();

    private final long rows;
    private final Map<String, PageReader> columns = new HashMap<>();

    private RowGroup(long rows) {
        this.rows = rows;
    }

    /**
     * Reads the wanted columns of a row group.
     *
     * @param names of the columns; those that the row group does not have are left out
     */
    static RowGroup read(SeekableInputStream stream, BlockMetaData block, Iterable<String> names)
            throws IOException {
        RowGroup group = new RowGroup(block.getRowCount());
        Map<String, ColumnChunkMetaData> chunks = new HashMap<>();
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            chunks.put(chunk.getPath().toDotString(), chunk);
        }
        for (String name : names) {
            ColumnChunkMetaData chunk = chunks.get(name);
            if (chunk != null) {
                byte[] bytes = new byte[Math.toIntExact(chunk.getTotalSize())];
                stream.seek(chunk.getStartingPos());
                stream.readFully(bytes);
                group.columns.put(name, new Pages(chunk, bytes));
            }
        }
        return group;
    }

    @Override
    public long getRowCount() {
        return rows;
    }

    @Override
    public @Nullable PageReader getPageReader(ColumnDescriptor column) {
        return columns.get(column.getPath()[0]);
    }

    /** The pages of one column. */
    private static final class Pages implements PageReader {
        private final CompressionCodecName codec;
        private final PrimitiveType type;
        private final long values;
        private final Queue<CompressedPage> pages = new ArrayDeque<>();
        private @Nullable DictionaryPage dictionary;

        private Pages(ColumnChunkMetaData chunk, byte[] bytes) throws IOException {
            codec = chunk.getCodec();
            type = chunk.getPrimitiveType();
            values = chunk.getValueCount();
            ByteArrayInputStream stream = new ByteArrayInputStream(bytes);
            long found = 0;
            while (found < values) {
                PageHeader header = Util.readPageHeader(stream);
                byte[] page = stream.readNBytes(header.getCompressed_page_size());
                if (page.length < header.getCompressed_page_size()) {
                    throw new EOFException("a page ends after the column");
                }
                requireWhole(header, page);
                switch (header.getType()) {
                    case DICTIONARY_PAGE -> dictionary = dictionary(header, page);
                    case DATA_PAGE -> {
                        pages.add(new CompressedPage(header, page));
                        found += header.getData_page_header().getNum_values();
                    }
                    default ->
                            throw new IOException(
                                    "a page of the type %s, which the archive does not write"
                                            .formatted(header.getType()));
                }
            }
        }

        /** Where a page says what its bytes add up to, as those of the archive do. */
        private static void requireWhole(PageHeader header, byte[] page) throws IOException {
            if (header.isSetCrc()) {
                CRC32 sum = new CRC32();
                sum.update(page);
                if ((int) sum.getValue() != header.getCrc()) {
                    throw new IOException("a page has other bytes than were written");
                }
            }
        }

        private DictionaryPage dictionary(PageHeader header, byte[] page) throws IOException {
            int length = header.getUncompressed_page_size();
            DictionaryPageHeader what = header.getDictionary_page_header();
            return new DictionaryPage(
                    BytesInput.from(PageDecompression.decompress(codec, page, length)),
                    length,
                    what.getNum_values(),
                    CONVERTER.getEncoding(what.getEncoding()));
        }

        @Override
        public @Nullable DictionaryPage readDictionaryPage() {
            return dictionary;
        }

        @Override
        public long getTotalValueCount() {
            return values;
        }

        @Override
        public @Nullable DataPage readPage() {
            CompressedPage page = pages.poll();
            if (page == null) {
                return null;
            }
            int length = page.header().getUncompressed_page_size();
            DataPageHeader what = page.header().getData_page_header();
            try {
                return new DataPageV1(
                        BytesInput.from(PageDecompression.decompress(codec, page.bytes(), length)),
                        what.getNum_values(),
                        length,
                        Statistics.getBuilderForReading(type).build(),
                        CONVERTER.getEncoding(what.getRepetition_level_encoding()),
                        CONVERTER.getEncoding(what.getDefinition_level_encoding()),
                        CONVERTER.getEncoding(what.getEncoding()));
            } catch (IOException e) {
                throw new ParquetDecodingException(e);
            }
        }
    }

    private record CompressedPage(PageHeader header, byte[] bytes) {}
}
