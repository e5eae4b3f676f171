package io.github.wikiflow.archive.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compresses the pages of Parquet files without Hadoop's codecs, which Parquet would use otherwise.
 *
 * <p>Not thread-safe.
 */
final class PageCompression implements CompressionCodecFactory, AutoCloseable {

    private final Compressor compressor;

    PageCompression(FileSettings settings) {
        compressor =
                switch (settings.compression()) {
                    case ZSTD -> new ZstdCompressor(settings.compressionLevel());
                    case SNAPPY -> new SnappyCompressor();
                    case GZIP -> new GzipCompressor();
                    case NONE -> new Uncompressed();
                };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the archive does not read Parquet");
    }

    /** Does nothing: Parquet calls it after each file, but the next file needs the compressor. */
    @Override
    public void release() {}

    @Override
    public void close() {
        compressor.close();
    }

    private abstract static class Compressor implements BytesInputCompressor {
        /** Does nothing, as {@link PageCompression#release}. */
        @Override
        public void release() {}

        void close() {}
    }

    private static final class ZstdCompressor extends Compressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private final PageBytes input = new PageBytes();

        ZstdCompressor(int level) {
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
        void close() {
            context.close();
        }
    }

    private static final class SnappyCompressor extends Compressor {
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

    private static final class GzipCompressor extends Compressor {
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

    /** A page in one array, which the next page reuses. */
    private static final class PageBytes extends ByteArrayOutputStream {
        byte[] array() {
            return buf;
        }
    }

    private static final class Uncompressed extends Compressor {
        @Override
        public BytesInput compress(BytesInput page) {
            return page;
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.UNCOMPRESSED;
        }
    }
}
