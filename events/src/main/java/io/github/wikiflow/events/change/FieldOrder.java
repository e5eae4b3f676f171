package io.github.wikiflow.events.change;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Remembers which field's name followed which, since events have their fields in few different
 * orders: a name that is the expected one is recognised by comparing words of eight bytes, and need
 * be neither read nor looked up.
 *
 * <p>Not thread-safe.
 */
final class FieldOrder {

    /** What {@link #follow} returns if something else stands there than what was expected. */
    static final int UNEXPECTED = 0;

    /** More than all kinds of events have together. */
    private static final int MOST_NAMES = 128;

    private static final int WORDS_PER_NAME = 3;
    private static final int LONGEST = WORDS_PER_NAME * Long.BYTES;

    /** Stands for the start of an event in place of a name. */
    private static final int START = 0;

    private static final int NO_OBJECT = -1;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** By name: its bytes with the quotes and the colon, and which bits of them count. */
    private final long[] words = new long[MOST_NAMES * WORDS_PER_NAME];

    private final long[] masks = new long[MOST_NAMES * WORDS_PER_NAME];

    /** By name: the number of those bytes. */
    private final int[] lengths = new int[MOST_NAMES];

    /** By name: which object has the field. */
    private final int[] objects = new int[MOST_NAMES];

    /** By name: what it means there. */
    private final int[] meanings = new int[MOST_NAMES];

    /** By name: the one that followed it last. */
    private final int[] next = new int[MOST_NAMES];

    /** By name: the one that followed it before that. */
    private final int[] nextBefore = new int[MOST_NAMES];

    private int names;
    private int last;
    private boolean full;

    FieldOrder() {
        forget();
    }

    /** Goes back to the start of an event. */
    void restart() {
        if (full) {
            // By somebody's odd names; the usual ones are learnt again with the next event.
            forget();
        }
        last = START;
    }

    private void forget() {
        names = START + 1;
        objects[START] = NO_OBJECT;
        Arrays.fill(next, START);
        Arrays.fill(nextBefore, START);
        full = false;
    }

    /**
     * Goes on to the next name, if it is an expected one.
     *
     * @param object which object has the field
     * @param position where the name's first quote would be
     * @return the length of the name with its quotes and colon, or {@link #UNEXPECTED}
     */
    int follow(int object, byte[] json, int position) {
        if (position + LONGEST > json.length) {
            return UNEXPECTED;
        }
        int expected = next[last];
        if (!stands(expected, object, json, position)) {
            int other = nextBefore[last];
            if (!stands(other, object, json, position)) {
                return UNEXPECTED;
            }
            nextBefore[last] = expected;
            next[last] = other;
            expected = other;
        }
        last = expected;
        return lengths[expected];
    }

    /** What the name means that {@link #follow} went to. */
    int meaning() {
        return meanings[last];
    }

    private boolean stands(int name, int object, byte[] json, int position) {
        int first = name * WORDS_PER_NAME;
        long difference =
                (word(json, position) ^ words[first]) & masks[first]
                        | (word(json, position + Long.BYTES) ^ words[first + 1]) & masks[first + 1]
                        | (word(json, position + 2 * Long.BYTES) ^ words[first + 2])
                                & masks[first + 2];
        return difference == 0 && objects[name] == object;
    }

    /**
     * Learns that this name follows the last one, unless it is too long, or there are too many.
     *
     * @param position of the name's first quote
     * @param length of the name with its quotes and the colon that follows at once
     */
    void learn(int object, int meaning, byte[] json, int position, int length) {
        if (length > LONGEST || position + LONGEST > json.length || full) {
            return;
        }
        int name = find(object, json, position, length);
        nextBefore[last] = next[last];
        next[last] = name;
        last = name;
        meanings[name] = meaning;
        full = names == MOST_NAMES;
    }

    private int find(int object, byte[] json, int position, int length) {
        for (int name = START + 1; name < names; name++) {
            if (lengths[name] == length && stands(name, object, json, position)) {
                return name;
            }
        }
        int name = names++;
        for (int i = 0; i < WORDS_PER_NAME; i++) {
            int bytes = Math.max(0, Math.min(Long.BYTES, length - i * Long.BYTES));
            int word = name * WORDS_PER_NAME + i;
            masks[word] = bytes == Long.BYTES ? -1 : (1L << bytes * Byte.SIZE) - 1;
            words[word] = word(json, position + i * Long.BYTES) & masks[word];
        }
        lengths[name] = length;
        objects[name] = object;
        return name;
    }

    private static long word(byte[] json, int position) {
        return (long) WORDS.get(json, position);
    }
}
