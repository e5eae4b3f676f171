package io.github.wikiflow.archive.file;

import io.github.wikiflow.lake.LittleEndian;

/**
 * What stands before each sealed block, as three integers, little end first.
 *
 * @param compressedBytes the length of the block as it stands there
 * @param blockBytes its length when it is decompressed
 * @param rows how many rows are in it
 */
record BlockHeader(int compressedBytes, int blockBytes, int rows) {

    static final int BYTES = 3 * Integer.BYTES;

    static BlockHeader of(byte[] bytes) {
        return new BlockHeader(
                LittleEndian.getInt(bytes, 0),
                LittleEndian.getInt(bytes, Integer.BYTES),
                LittleEndian.getInt(bytes, 2 * Integer.BYTES));
    }

    byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        LittleEndian.putInt(bytes, 0, compressedBytes);
        LittleEndian.putInt(bytes, Integer.BYTES, blockBytes);
        LittleEndian.putInt(bytes, 2 * Integer.BYTES, rows);
        return bytes;
    }

    /** The size of the rows without the lengths that stand before them. */
    long rowBytes() {
        return blockBytes - (long) rows * Integer.BYTES;
    }
}
