package io.github.wikiflow.events.change;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text as UTF-8, where it stands in an array that may hold more: made without copying or decoding
 * it. Equal to another one of the same bytes.
 *
 * <p>Immutable as long as nobody changes the array.
 */
public final class Utf8 {

    /** Returned by {@link #characterEnd} where no character is. */
    static final int NO_CHARACTER = -1;

    private final byte[] array;
    private final int start;
    private final int length;

    /**
     * The text at a place of the array.
     *
     * @param array not to be changed afterwards
     * @param start where in the array the text starts
     * @param length the number of its bytes
     */
    public Utf8(byte[] array, int start, int length) {
        this.array = array;
        this.start = start;
        this.length = length;
    }

    /**
     * The text whose bytes these are.
     *
     * @param bytes not to be changed afterwards
     */
    public static Utf8 of(byte[] bytes) {
        return new Utf8(bytes, 0, bytes.length);
    }

    /** A text encoded; a lone surrogate, which has no UTF-8, becomes a question mark. */
    public static Utf8 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A text encoded, if there is one.
     *
     * @return null for null
     */
    public static @Nullable Utf8 ofNullable(@Nullable String text) {
        return text == null ? null : of(text);
    }

    /**
     * The text whose bytes these are, if there are any.
     *
     * @param bytes not to be changed afterwards
     * @return null for null
     */
    public static @Nullable Utf8 ofNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : of(bytes);
    }

    /** The array that holds the text from {@link #start} on; not to be changed. */
    public byte[] array() {
        return array;
    }

    /** Where in {@link #array} the text starts. */
    public int start() {
        return start;
    }

    /** The number of bytes. */
    public int length() {
        return length;
    }

    /** The bytes by themselves, in an array of their own. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, start, start + length);
    }

    /** Copies the bytes; the target has enough room from the offset on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(array, start, target, offset, length);
    }

    /** How many of the bytes, from the first on, are well-formed UTF-8. */
    static int wellFormedLength(byte[] bytes) {
        int next = 0;
        while (next < bytes.length) {
            int end = bytes[next] >= 0 ? next + 1 : characterEnd(bytes, next, bytes.length);
            if (end == NO_CHARACTER) {
                return next;
            }
            next = end;
        }
        return next;
    }

    /**
     * Where the character of several bytes ends that starts here.
     *
     * @param position of its first byte
     * @param end of all bytes, exclusive
     * @return {@link #NO_CHARACTER} unless the bytes are well-formed (Unicode, table 3-7): no
     *     surrogate, no overlong form, nothing beyond U+10FFFF
     */
    static int characterEnd(byte[] bytes, int position, int end) {
        int first = position < end ? bytes[position] & 0xFF : 0;
        int length;
        int least = 0x80;
        int greatest = 0xBF;
        if (first >= 0xC2 && first <= 0xDF) {
            length = 2;
        } else if (first >= 0xE0 && first <= 0xEF) {
            length = 3;
            least = first == 0xE0 ? 0xA0 : least;
            greatest = first == 0xED ? 0x9F : greatest;
        } else if (first >= 0xF0 && first <= 0xF4) {
            length = 4;
            least = first == 0xF0 ? 0x90 : least;
            greatest = first == 0xF4 ? 0x8F : greatest;
        } else {
            return NO_CHARACTER;
        }
        if (end - position < length) {
            return NO_CHARACTER;
        }
        int second = bytes[position + 1] & 0xFF;
        if (second < least || second > greatest) {
            return NO_CHARACTER;
        }
        for (int i = position + 2; i < position + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return NO_CHARACTER;
            }
        }
        return position + length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Utf8 that
                && Arrays.equals(
                        array,
                        start,
                        start + length,
                        that.array,
                        that.start,
                        that.start + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = start; i < start + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The text, decoded. */
    @Override
    public String toString() {
        return new String(array, start, length, StandardCharsets.UTF_8);
    }
}
