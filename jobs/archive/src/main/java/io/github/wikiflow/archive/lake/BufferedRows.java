package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.lake.LittleEndian;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition that wait for their file, in the form of {@link
 * io.github.wikiflow.lake.RowWriter}, each after its length (4 bytes).
 *
 * <p>Not thread-safe.
 */
final class BufferedRows {

    /** Receives rows one by one. */
    interface RowConsumer {
        /**
         * @param array holds the row from this offset on
         */
        void accept(byte[] array, int offset) throws IOException;
    }

    private static final int FIRST_BLOCK = 1 << 10;
    private static final int LARGEST_BLOCK = 256 << 10;

    /** What a partition takes beside its blocks: objects, its name, its place in a map. */
    private static final int FIXED_BYTES = 512;

    private final LakePartition partition;
    private final List<Block> blocks = new ArrayList<>(1);
    private @Nullable Block last;
    private int rows;
    private long rowBytes;
    private long heldBytes = FIXED_BYTES;

    BufferedRows(LakePartition partition) {
        this.partition = partition;
    }

    LakePartition partition() {
        return partition;
    }

    int rows() {
        return rows;
    }

    /** The size of the rows. */
    long rowBytes() {
        return rowBytes;
    }

    /** The memory that is taken, about. */
    long heldBytes() {
        return heldBytes;
    }

    /** Adds a row; returns how much more memory that took. */
    long add(byte[] row) {
        int needed = Integer.BYTES + row.length;
        long more = 0;
        if (last == null || last.bytes.length - last.length < needed) {
            int usual = last == null ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, 2 * last.bytes.length);
            last = new Block(Math.max(usual, needed));
            blocks.add(last);
            more = last.bytes.length;
            heldBytes += more;
        }
        LittleEndian.putInt(last.bytes, last.length, row.length);
        System.arraycopy(row, 0, last.bytes, last.length + Integer.BYTES, row.length);
        last.length += needed;
        rows++;
        rowBytes += row.length;
        return more;
    }

    /** Hands on all rows in the order in which they came. */
    void forEach(RowConsumer consumer) throws IOException {
        for (Block block : blocks) {
            int position = 0;
            while (position < block.length) {
                consumer.accept(block.bytes, position + Integer.BYTES);
                position += Integer.BYTES + LittleEndian.getInt(block.bytes, position);
            }
        }
    }

    private static final class Block {
        private final byte[] bytes;
        private int length;

        private Block(int size) {
            bytes = new byte[size];
        }
    }
}
