package org.apache.parquet;

import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.format.converter.ParquetMetadataConverter;

/**
 * Makes {@link ParquetReadOptions} of which nothing touches Hadoop. The public builder asks a class
 * of Hadoop's for a filter, so the constructor has to be called, which can be done in this package
 * only.
 */
public final class ReadOptionsWithoutHadoop {

    /** Parquet's default: the most bytes that are read into one buffer. */
    private static final int LARGEST_BUFFER = 8 << 20;

    private ReadOptionsWithoutHadoop() {}

    /** Options to read whole columns, without filters and encryption. */
    public static ParquetReadOptions of(CompressionCodecFactory codecs) {
        return new ParquetReadOptions(
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                FilterCompat.NOOP,
                ParquetMetadataConverter.NO_FILTER,
                codecs,
                new HeapByteBufferAllocator(),
                LARGEST_BUFFER,
                Map.of(),
                null,
                null,
                new PlainParquetConfiguration());
    }
}
