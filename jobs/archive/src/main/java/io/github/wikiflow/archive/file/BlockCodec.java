package io.github.wikiflow.archive.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;

/**
 * Compresses the blocks of rows that wait in memory: fast rather than small, since each is read
 * once.
 *
 * <p>Not thread-safe; to be closed, for it holds native memory.
 */
final class BlockCodec implements AutoCloseable {

    private static final int LEVEL = 1;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(LEVEL);
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
    private byte[] compressed = new byte[0];
    private byte[] decompressed = new byte[0];

    /**
     * Compresses the start of the array to {@link #compressed}; returns how many bytes it takes.
     */
    int compress(byte[] block, int length) {
        compressed = atLeast((int) Zstd.compressBound(length), compressed);
        return compressor.compressByteArray(compressed, 0, compressed.length, block, 0, length);
    }

    /** What the last {@link #compress} made, valid until the next. */
    byte[] compressed() {
        return compressed;
    }

    /** Decompresses the start of the array, which holds so many bytes in {@link #decompressed}. */
    void decompress(byte[] block, int length, int decompressedLength) {
        decompressed = atLeast(decompressedLength, decompressed);
        decompressor.decompressByteArray(decompressed, 0, decompressedLength, block, 0, length);
    }

    /** What the last {@link #decompress} made, valid until the next. */
    byte[] decompressed() {
        return decompressed;
    }

    @Override
    public void close() {
        compressor.close();
        decompressor.close();
    }

    private static byte[] atLeast(int bytes, byte[] array) {
        return array.length >= bytes ? array : new byte[Math.max(bytes, array.length * 2)];
    }
}
