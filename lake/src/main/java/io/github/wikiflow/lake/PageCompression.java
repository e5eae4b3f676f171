package io.github.wikiflow.lake;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses the pages of Parquet files without Hadoop's codecs, which Parquet would use otherwise.
 * One of them serves all columns of all files of a {@link LakeFileWriter}, one file after the
 * other.
 *
 * <p>Not thread-safe; to be closed, for it may hold native memory.
 */
abstract class PageCompression
        implements CompressionCodecFactory, BytesInputCompressor, AutoCloseable {

    static PageCompression of(Compression compression, int level) {
        return switch (compression) {
            case ZSTD -> new ZstdPages(level);
            case SNAPPY -> new SnappyPages();
            case GZIP -> new GzipPages();
            case NONE -> new PlainPages();
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return this;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the file is only written");
    }

    /** Nothing to release between two files. */
    @Override
    public void release() {}

    @Override
    public void close() {}

    private static final class ZstdPages extends PageCompression {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private final PageBytes input = new PageBytes();

        ZstdPages(int level) {
            context.setLevel(level);
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            input.reset();
            page.writeAllTo(input);
            byte[] compressed = new byte[(int) Zstd.compressBound(input.size())];
            int length =
                    context.compressByteArray(
                            compressed, 0, compressed.length, input.array(), 0, input.size());
            return BytesInput.from(compressed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private static final class SnappyPages extends PageCompression {
        private final PageBytes input = new PageBytes();

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            input.reset();
            page.writeAllTo(input);
            byte[] compressed = new byte[Snappy.maxCompressedLength(input.size())];
            int length = Snappy.compress(input.array(), 0, input.size(), compressed, 0);
            return BytesInput.from(compressed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }
    }

    private static final class GzipPages extends PageCompression {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
                page.writeAllTo(gzip);
            }
            return BytesInput.from(compressed);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.GZIP;
        }
    }

    private static final class PlainPages extends PageCompression {
        @Override
        public BytesInput compress(BytesInput page) {
            return page;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }
    }

    /** A page in one array, which the next page reuses. */
    private static final class PageBytes extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }
}
