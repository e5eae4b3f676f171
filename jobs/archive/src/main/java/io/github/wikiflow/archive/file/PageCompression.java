package io.github.wikiflow.archive.file;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses the pages of Parquet files without Hadoop's codecs, which Parquet would use otherwise.
 *
 * <p>Not thread-safe; to be closed, for it may hold native memory.
 */
abstract class PageCompression implements BytesInputCompressor, AutoCloseable {

    static PageCompression of(FileSettings settings) {
        return switch (settings.compression()) {
            case ZSTD -> new Zstd(settings.compressionLevel());
            case SNAPPY -> new Snappy();
            case GZIP -> new Gzip();
            case NONE -> new None();
        };
    }

    /** Nothing to release between two files. */
    @Override
    public void release() {}

    @Override
    public void close() {}

    private static final class Zstd extends PageCompression {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private final PageBytes input = new PageBytes();

        Zstd(int level) {
            context.setLevel(level);
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            input.reset();
            page.writeAllTo(input);
            byte[] compressed =
                    new byte[(int) com.github.luben.zstd.Zstd.compressBound(input.size())];
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

    private static final class Snappy extends PageCompression {
        private final PageBytes input = new PageBytes();

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            input.reset();
            page.writeAllTo(input);
            byte[] compressed =
                    new byte[org.xerial.snappy.Snappy.maxCompressedLength(input.size())];
            int length =
                    org.xerial.snappy.Snappy.compress(
                            input.array(), 0, input.size(), compressed, 0);
            return BytesInput.from(compressed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.SNAPPY;
        }
    }

    private static final class Gzip extends PageCompression {
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

    private static final class None extends PageCompression {
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
