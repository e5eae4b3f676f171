package io.github.wikiflow.lake;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Decompresses the pages of Parquet files without Hadoop's codecs: whatever {@link PageCompression}
 * can write.
 */
final class PageDecompression {

    private PageDecompression() {}

    /**
     * Decompresses a page.
     *
     * @param length of the page once it is decompressed, in bytes
     * @throws IOException if it has another length, or the codec is none of ours
     */
    static byte[] decompress(CompressionCodecName codec, byte[] compressed, int length)
            throws IOException {
        byte[] page =
                switch (codec) {
                    case ZSTD -> Zstd.decompress(compressed, length);
                    case SNAPPY -> Snappy.uncompress(compressed);
                    case GZIP -> gunzip(compressed);
                    case UNCOMPRESSED -> compressed;
                    default ->
                            throw new IOException(
                                    "compression %s, which the archive does not write"
                                            .formatted(codec));
                };
        if (page.length != length) {
            throw new IOException(
                    "a page has %d bytes instead of %d".formatted(page.length, length));
        }
        return page;
    }

    private static byte[] gunzip(byte[] compressed) throws IOException {
        try (GZIPInputStream page = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return page.readAllBytes();
        }
    }
}
