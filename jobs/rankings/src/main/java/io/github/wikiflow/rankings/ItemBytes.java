package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The form in which an item is counted: its name in UTF-8; for a page whose wiki is known, followed
 * by the byte 0xFF, which UTF-8 never uses, and the wiki.
 *
 * <p>Holds the bytes of the item encoded last; one object serves one thread.
 */
final class ItemBytes {

    private static final byte SEPARATOR = (byte) 0xFF;

    private byte[] bytes = new byte[256];
    private int length;
    private int hash;

    /**
     * Encodes an item.
     *
     * @param wiki null except for pages, and null for a page of an unknown wiki
     */
    void encode(Utf8 name, Utf8 wiki) {
        int nameLength = name.length();
        length = wiki == null ? nameLength : nameLength + 1 + wiki.length();
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        name.copyTo(bytes, 0);
        if (wiki != null) {
            bytes[nameLength] = SEPARATOR;
            wiki.copyTo(bytes, nameLength + 1);
        }
        hash = hash(bytes, 0, length);
    }

    /** The array that holds the item from index 0; valid until the next item is encoded. */
    byte[] bytes() {
        return bytes;
    }

    /** The number of the item's bytes. */
    int length() {
        return length;
    }

    /** The item's hash, as {@link #hash(byte[], int, int)}. */
    int hash() {
        return hash;
    }

    /**
     * FNV-1a with MurmurHash3's finalizer, so that high bits are as good as low ones. Buckets
     * depend on it and savepoints on buckets: it must never change.
     */
    static int hash(byte[] source, int offset, int length) {
        int hash = 0x811C9DC5;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ source[i] & 0xFF) * 0x01000193;
        }
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    /** {@link RankingEntry#ORDER} for items of equal count, without decoding them. */
    static int compare(
            byte[] left, int leftStart, int leftEnd, byte[] right, int rightStart, int rightEnd) {
        int difference = Arrays.mismatch(left, leftStart, leftEnd, right, rightStart, rightEnd);
        if (difference < 0) {
            return 0;
        }
        int l = leftStart + difference;
        int r = rightStart + difference;
        if (l == leftEnd || r == rightEnd) {
            return Integer.compare(leftEnd - leftStart, rightEnd - rightStart);
        }
        return Integer.compare(order(left[l]), order(right[r]));
    }

    /** The order of UTF-8 is that of code points; the separator ends a name, so it comes first. */
    private static int order(byte value) {
        return value + 1 & 0xFF;
    }

    /** The entry that these bytes name. */
    static RankingEntry decode(
            byte[] source, int start, int end, int rank, long count, boolean bot) {
        int nameEnd = start;
        while (nameEnd < end && source[nameEnd] != SEPARATOR) {
            nameEnd++;
        }
        return new RankingEntry(
                rank,
                text(source, start, nameEnd),
                count,
                bot,
                nameEnd == end ? null : text(source, nameEnd + 1, end));
    }

    private static String text(byte[] source, int start, int end) {
        return new String(source, start, end - start, StandardCharsets.UTF_8);
    }
}
