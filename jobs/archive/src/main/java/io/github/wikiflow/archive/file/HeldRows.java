package io.github.wikiflow.archive.file;

import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.lake.LittleEndian;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The rows of one partition that wait for their file: sealed blocks, compressed, on pages of the
 * pool, and one open block on the heap. In a block, each row stands after its length (4 bytes).
 *
 * <p>Not thread-safe.
 */
final class HeldRows {

    /** Receives rows one by one. */
    interface RowConsumer {
        /**
         * @param array holds the row from this offset on; its content changes after the call
         */
        void accept(byte[] array, int offset) throws IOException;
    }

    /** Large enough to compress well, small enough to have hundreds of open ones on the heap. */
    private static final int BLOCK_BYTES = 16 << 10;

    private static final int FIRST_BLOCK_BYTES = 2 << 10;

    private final LakePartition partition;
    private final long since;
    private final PageChain sealed;
    private byte[] open = new byte[FIRST_BLOCK_BYTES];
    private int openLength;
    private int openRows;
    private int rows;
    private long rowBytes;

    /**
     * @param since when the first row came, in epoch milliseconds
     */
    HeldRows(LakePartition partition, long since, PagePool pool) {
        this.partition = partition;
        this.since = since;
        this.sealed = new PageChain(pool);
    }

    LakePartition partition() {
        return partition;
    }

    /** When the first row came, in epoch milliseconds. */
    long since() {
        return since;
    }

    int rows() {
        return rows;
    }

    /** The size of the rows before compression. */
    long rowBytes() {
        return rowBytes;
    }

    /** How many pages of the pool are in use here. */
    int pages() {
        return sealed.pages();
    }

    /** Whether the open block must be sealed before it can take a row of this length. */
    boolean isFullFor(int length) {
        return openLength > 0 && openLength + Integer.BYTES + length > BLOCK_BYTES;
    }

    /** Adds a row to the open block, which outgrows its size only for an outsized row. */
    void add(byte[] array, int offset, int length) {
        int end = openLength + Integer.BYTES + length;
        if (open.length < end) {
            open = Arrays.copyOf(open, Math.max(end, Math.min(open.length * 2, BLOCK_BYTES)));
        }
        LittleEndian.putInt(open, openLength, length);
        System.arraycopy(array, offset, open, openLength + Integer.BYTES, length);
        openLength = end;
        openRows++;
        rows++;
        rowBytes += length;
    }

    /** Compresses the open block into the codec. */
    BlockHeader compressOpenBlock(BlockCodec codec) throws IOException {
        return new BlockHeader(codec.compress(open, openLength), openLength, openRows);
    }

    /** Replaces the open block, once it is compressed, by an empty one. */
    void seal(BlockHeader header, byte[] compressed) {
        append(header, compressed);
        openLength = 0;
        openRows = 0;
        if (open.length > BLOCK_BYTES) {
            open = new byte[BLOCK_BYTES];
        }
    }

    /** Adds a sealed block from a checkpoint. */
    void restore(BlockHeader header, byte[] compressed) {
        append(header, compressed);
        rows += header.rows();
        rowBytes += header.rowBytes();
    }

    /** How many pages the pool must have for one more block. */
    int pagesFor(BlockHeader header) {
        return sealed.pagesFor(BlockHeader.BYTES + header.compressedBytes());
    }

    private void append(BlockHeader header, byte[] compressed) {
        sealed.append(header.toBytes(), BlockHeader.BYTES);
        sealed.append(compressed, header.compressedBytes());
    }

    /** Hands on all rows in the order in which they came. */
    void forEach(BlockCodec codec, RowConsumer consumer) throws IOException {
        byte[] headerBytes = new byte[BlockHeader.BYTES];
        byte[] compressed = new byte[BLOCK_BYTES];
        int position = 0;
        while (position < sealed.length()) {
            sealed.read(position, headerBytes, BlockHeader.BYTES);
            BlockHeader header = BlockHeader.of(headerBytes);
            position += BlockHeader.BYTES;
            if (compressed.length < header.compressedBytes()) {
                compressed = new byte[header.compressedBytes()];
            }
            sealed.read(position, compressed, header.compressedBytes());
            position += header.compressedBytes();
            codec.decompress(compressed, header.compressedBytes(), header.blockBytes());
            forEach(codec.decompressed(), header.blockBytes(), consumer);
        }
        forEach(open, openLength, consumer);
    }

    private static void forEach(byte[] block, int length, RowConsumer consumer) throws IOException {
        int position = 0;
        while (position < length) {
            consumer.accept(block, position + Integer.BYTES);
            position += Integer.BYTES + LittleEndian.getInt(block, position);
        }
    }

    /** Writes sealed blocks and open block for {@link HeldRowsState} to read. */
    void writeBlocks(DataOutputView out) throws IOException {
        out.writeInt(sealed.length());
        sealed.writeTo(out);
        out.writeInt(openLength);
        out.write(open, 0, openLength);
    }

    /** Gives the pages back. */
    void release() {
        sealed.clear();
    }
}
