package io.github.wikiflow.rankings.lake;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses the pages of Parquet files without Hadoop's codecs, which Parquet would use
 * otherwise: whatever the archive can write.
 */
abstract class PageDecompression implements BytesInputDecompressor {

    /** Where Parquet asks for the way to decompress a column. */
    static final class Factory implements CompressionCodecFactory {

        @Override
        public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
            return switch (codec) {
                case ZSTD -> new ZstdPages();
                case SNAPPY -> new SnappyPages();
                case GZIP -> new GzipPages();
                case UNCOMPRESSED -> new PlainPages();
                default ->
                        throw new UnsupportedOperationException(
                                "compression %s, which the archive does not write"
                                        .formatted(codec));
            };
        }

        @Override
        public BytesInputCompressor getCompressor(CompressionCodecName codec) {
            throw new UnsupportedOperationException("the lake is only read");
        }

        @Override
        public void release() {}
    }

    /**
     * Decompresses a page.
     *
     * @param length of the page once it is decompressed
     */
    abstract byte[] decompress(byte[] compressed, int length) throws IOException;

    @Override
    public BytesInput decompress(BytesInput compressed, int length) throws IOException {
        return BytesInput.from(
                whole(decompress(compressed.toInputStream().readAllBytes(), length), length));
    }

    @Override
    public void decompress(ByteBuffer compressed, int compressedLength, ByteBuffer page, int length)
            throws IOException {
        byte[] bytes = new byte[compressedLength];
        compressed.get(bytes);
        page.put(whole(decompress(bytes, length), length));
    }

    private static byte[] whole(byte[] page, int length) throws IOException {
        if (page.length != length) {
            throw new IOException(
                    "a page has %d bytes instead of %d".formatted(page.length, length));
        }
        return page;
    }

    @Override
    public void release() {}

    private static final class ZstdPages extends PageDecompression {
        @Override
        byte[] decompress(byte[] compressed, int length) {
            return Zstd.decompress(compressed, length);
        }
    }

    private static final class SnappyPages extends PageDecompression {
        @Override
        byte[] decompress(byte[] compressed, int length) throws IOException {
            return Snappy.uncompress(compressed);
        }
    }

    private static final class GzipPages extends PageDecompression {
        @Override
        byte[] decompress(byte[] compressed, int length) throws IOException {
            try (GZIPInputStream page = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
                return page.readAllBytes();
            }
        }
    }

    private static final class PlainPages extends PageDecompression {
        @Override
        byte[] decompress(byte[] page, int length) {
            return page;
        }
    }
}
