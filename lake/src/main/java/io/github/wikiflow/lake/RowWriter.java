package io.github.wikiflow.lake;

import io.github.wikiflow.events.change.ChangeField;
import io.github.wikiflow.events.change.ChangeValues;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Builds one row of the lake in a compact form that travels between machines and waits in state:
 * the number of columns in one byte, then the value of each {@link LakeColumn} in order. A text is
 * its length plus one as a variable-length integer and its UTF-8 bytes; an absent text is the
 * length zero. Every other value is one byte that says whether there is one (for a boolean, also
 * which) and then 4 or 8 bytes, little end first. {@link RowReader} reads it.
 *
 * <p>Not thread-safe; to be reused from row to row.
 */
public final class RowWriter {

    static final byte ABSENT = 0;
    static final byte PRESENT = 1;
    static final byte FALSE = 1;
    static final byte TRUE = 2;

    private static final int LONGEST_VARINT = 5;

    private byte[] bytes = new byte[4096];
    private int length;

    /** Starts a row; what was written before is forgotten. */
    public void start() {
        bytes[0] = (byte) LakeColumn.ALL.size();
        length = 1;
    }

    /** Adds an absent value. */
    public void absent() {
        reserve(1);
        bytes[length++] = ABSENT;
    }

    /** Adds a text; null is an absent one. */
    public void text(byte @Nullable [] utf8) {
        if (utf8 == null) {
            absent();
            return;
        }
        beginText(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** Adds the text that a field has. */
    public void text(ChangeValues change, ChangeField field) {
        int textLength = change.textLength(field);
        beginText(textLength);
        change.copyText(field, bytes, length);
        length += textLength;
    }

    private void beginText(int textLength) {
        reserve(LONGEST_VARINT + textLength);
        varint(textLength + 1);
    }

    /** Adds a boolean. */
    public void bool(boolean value) {
        reserve(1);
        bytes[length++] = value ? TRUE : FALSE;
    }

    /** Adds an integer of 32 bits. */
    public void integer(int value) {
        reserve(1 + Integer.BYTES);
        bytes[length++] = PRESENT;
        LittleEndian.putInt(bytes, length, value);
        length += Integer.BYTES;
    }

    /** Adds an integer of 64 bits. */
    public void number(long value) {
        reserve(1 + Long.BYTES);
        bytes[length++] = PRESENT;
        LittleEndian.putLong(bytes, length, value);
        length += Long.BYTES;
    }

    /** The row since {@link #start}, in an array of its own. */
    public byte[] finish() {
        return Arrays.copyOf(bytes, length);
    }

    private void varint(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
