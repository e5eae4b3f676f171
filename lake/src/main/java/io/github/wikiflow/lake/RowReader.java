package io.github.wikiflow.lake;

import org.jspecify.annotations.Nullable;

/**
 * Walks through a row that {@link RowWriter} wrote, column by column, without copying: a text is a
 * place in the array. A row of an older release has fewer columns; the missing ones are absent.
 *
 * <p>Not thread-safe; to be reused from row to row.
 */
public final class RowReader {

    private byte[] bytes = {};
    private int position;
    private int columns;
    private int column;

    private int textStart;
    private int textLength;

    /** Goes to the row that starts here. */
    public void start(byte[] array, int offset) {
        bytes = array;
        columns = array[offset] & 0xFF;
        position = offset + 1;
        column = 0;
    }

    /** Goes on to the next text; false if it is absent. */
    public boolean nextText() {
        if (column++ >= columns) {
            return false;
        }
        int shift = 0;
        int lengthPlusOne = 0;
        byte part;
        do {
            part = bytes[position++];
            lengthPlusOne |= (part & 0x7F) << shift;
            shift += 7;
        } while (part < 0);
        if (lengthPlusOne == 0) {
            return false;
        }
        textStart = position;
        textLength = lengthPlusOne - 1;
        position += textLength;
        return true;
    }

    /** Where in {@link #array} the text starts that {@link #nextText} went to. */
    public int textStart() {
        return textStart;
    }

    /** How many bytes of UTF-8 the text has. */
    public int textLength() {
        return textLength;
    }

    /** The array that holds the row. */
    public byte[] array() {
        return bytes;
    }

    /**
     * Goes on to the next boolean.
     *
     * @return null if it is absent
     */
    public @Nullable Boolean nextBoolean() {
        if (column++ >= columns) {
            return null;
        }
        byte value = bytes[position++];
        return value == RowWriter.ABSENT ? null : Boolean.valueOf(value == RowWriter.TRUE);
    }

    /** Goes on to the next number or timestamp; false if it is absent and has nothing to read. */
    public boolean nextNumber() {
        return column++ < columns && bytes[position++] == RowWriter.PRESENT;
    }

    /** The 32 bits of the number that {@link #nextNumber} went to; to be called once for each. */
    public int readInteger() {
        int value = LittleEndian.getInt(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    /** The 64 bits of the number that {@link #nextNumber} went to; to be called once for each. */
    public long readLong() {
        long value = LittleEndian.getLong(bytes, position);
        position += Long.BYTES;
        return value;
    }
}
