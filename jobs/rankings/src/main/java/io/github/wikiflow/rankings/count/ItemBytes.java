package io.github.wikiflow.rankings.count;

import static io.github.wikiflow.events.ranking.RankingEntry.MAX_NAME_BYTES;

import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form in which an item is counted: its name in UTF-8; for a page whose wiki is known, followed
 * by the byte 0xFF, which UTF-8 never uses, and the wiki. If either is too long for a record, both
 * are cut, and followed by the byte 0xFE and the digest of the whole, so that items are told apart
 * although none takes much memory.
 *
 * <p>Holds the bytes of the item encoded last; one object serves one thread.
 */
public final class ItemBytes {

    private static final byte SEPARATOR = (byte) 0xFF;
    private static final byte CUT = (byte) 0xFE;

    /** At least as long as the longest form of an item that is cut. */
    private byte[] bytes = new byte[2 * MAX_NAME_BYTES + 64];

    private int length;
    private int hash;

    /**
     * Encodes an item.
     *
     * @param wiki null except for pages, and null for a page of an unknown wiki
     */
    public void encode(Utf8 name, @Nullable Utf8 wiki) {
        join(name, wiki);
        if (name.length() > MAX_NAME_BYTES || wiki != null && wiki.length() > MAX_NAME_BYTES) {
            byte[] digest = digest(bytes, length);
            join(cut(name), wiki == null ? null : cut(wiki));
            bytes[length++] = CUT;
            System.arraycopy(digest, 0, bytes, length, digest.length);
            length += digest.length;
        }
        hash = hash(bytes, 0, length);
    }

    private void join(Utf8 name, @Nullable Utf8 wiki) {
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
    }

    /** The longest beginning that a record has room for and that ends between two characters. */
    private static Utf8 cut(Utf8 text) {
        if (text.length() <= MAX_NAME_BYTES) {
            return text;
        }
        int end = MAX_NAME_BYTES;
        while (end > 0 && (text.array()[text.start() + end] & 0xC0) == 0x80) {
            end--;
        }
        return new Utf8(text.array(), text.start(), end);
    }

    private static byte[] digest(byte[] source, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(source, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The array that holds the item from index 0; valid until the next item is encoded. */
    public byte[] bytes() {
        return bytes;
    }

    /** The number of the item's bytes. */
    public int length() {
        return length;
    }

    /** The item's hash, as {@link #hash(byte[], int, int)}. */
    public int hash() {
        return hash;
    }

    /**
     * FNV-1a with MurmurHash3's finalizer, so that high bits are as good as low ones. Buckets
     * depend on it and savepoints on buckets: it must never change.
     */
    public static int hash(byte[] source, int offset, int length) {
        int hash = 0x811C9DC5;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ source[i] & 0xFF) * 0x01000193;
        }
        hash = (hash ^ hash >>> 16) * 0x85EBCA6B;
        hash = (hash ^ hash >>> 13) * 0xC2B2AE35;
        return hash ^ hash >>> 16;
    }

    /** {@link RankingEntry#ORDER} for items of equal count, without decoding them. */
    public static int compare(
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

    /** The order of UTF-8 is that of code points; what ends a name or a wiki comes first. */
    private static int order(byte value) {
        return value + 2 & 0xFF;
    }

    /** The entry that these bytes name. */
    public static RankingEntry decode(
            byte[] source, int start, int end, int rank, long count, long botCount) {
        int nameEnd = start;
        while (nameEnd < end && source[nameEnd] != SEPARATOR && source[nameEnd] != CUT) {
            nameEnd++;
        }
        int wikiEnd = nameEnd;
        while (wikiEnd < end && source[wikiEnd] != CUT) {
            wikiEnd++;
        }
        return new RankingEntry(
                rank,
                text(source, start, nameEnd),
                count,
                botCount,
                nameEnd == wikiEnd ? null : text(source, nameEnd + 1, wikiEnd),
                wikiEnd < end,
                null);
    }

    private static String text(byte[] source, int start, int end) {
        return new String(source, start, end - start, StandardCharsets.UTF_8);
    }
}
