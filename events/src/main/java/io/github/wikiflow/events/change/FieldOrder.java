package io.github.wikiflow.events.change;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

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

    private static final int NO_OBJECT = -1;

    private final List<Name> names = new ArrayList<>(MOST_NAMES);

    /** Stands for the start of an event in place of a name. */
    private Name start;

    private Name last;

    FieldOrder() {
        forget();
    }

    /** Goes back to the start of an event. */
    void restart() {
        if (isFull()) {
            // By somebody's odd names; the usual ones are learnt again with the next event.
            forget();
        }
        last = start;
    }

    private void forget() {
        names.clear();
        start = new Name(NO_OBJECT, NO_OBJECT, new byte[Name.LONGEST], 0, 0);
        last = start;
    }

    private boolean isFull() {
        return names.size() == MOST_NAMES;
    }

    /**
     * Goes on to the next name, if it is an expected one.
     *
     * @param object which object has the field
     * @param position where the name's first quote would be
     * @return the length of the name with its quotes and colon, or {@link #UNEXPECTED}
     */
    int follow(int object, byte[] json, int position) {
        if (position + Name.LONGEST > json.length) {
            return UNEXPECTED;
        }
        Name before = last;
        Name expected = before.next;
        if (!expected.stands(object, json, position)) {
            Name other = before.nextBefore;
            if (!other.stands(object, json, position)) {
                return UNEXPECTED;
            }
            before.nextBefore = expected;
            before.next = other;
            expected = other;
        }
        last = expected;
        return expected.length;
    }

    /** What the name means that {@link #follow} went to. */
    int meaning() {
        return last.meaning;
    }

    /**
     * Learns that this name follows the last one, unless it is too long, or there are too many.
     *
     * @param position of the name's first quote
     * @param length of the name with its quotes and the colon that follows at once
     */
    void learn(int object, int meaning, byte[] json, int position, int length) {
        if (length > Name.LONGEST || position + Name.LONGEST > json.length || isFull()) {
            return;
        }
        Name name = find(object, meaning, json, position, length);
        last.nextBefore = last.next;
        last.next = name;
        last = name;
    }

    private Name find(int object, int meaning, byte[] json, int position, int length) {
        for (Name name : names) {
            if (name.length == length && name.stands(object, json, position)) {
                return name;
            }
        }
        Name name = new Name(object, meaning, json, position, length);
        name.next = start;
        name.nextBefore = start;
        names.add(name);
        return name;
    }

    /** A field's name, and what followed it. */
    private static final class Name {

        static final int LONGEST = 3 * Long.BYTES;

        private static final VarHandle WORDS =
                MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        /** Which object has the field, and what the name means there. */
        final int object;

        final int meaning;

        /** Of the name with its quotes and the colon. */
        final int length;

        /** Which bits of three words count, and what these are. */
        private final long firstMask;

        private final long secondMask;
        private final long thirdMask;
        private final long first;
        private final long second;
        private final long third;

        /** The name that followed this one last; at first the name itself. */
        Name next = this;

        /** The one that followed before that; at first the name itself. */
        Name nextBefore = this;

        Name(int object, int meaning, byte[] json, int position, int length) {
            this.object = object;
            this.meaning = meaning;
            this.length = length;
            firstMask = mask(length);
            secondMask = mask(length - Long.BYTES);
            thirdMask = mask(length - 2 * Long.BYTES);
            first = word(json, position) & firstMask;
            second = word(json, position + Long.BYTES) & secondMask;
            third = word(json, position + 2 * Long.BYTES) & thirdMask;
        }

        /** Whether it is this name that stands here, with {@link #LONGEST} bytes to look at. */
        boolean stands(int object, byte[] json, int position) {
            long difference =
                    (word(json, position) ^ first) & firstMask
                            | (word(json, position + Long.BYTES) ^ second) & secondMask
                            | (word(json, position + 2 * Long.BYTES) ^ third) & thirdMask;
            return difference == 0 && this.object == object;
        }

        /** Of as many bytes as are left. */
        private static long mask(int bytes) {
            return bytes >= Long.BYTES ? -1 : bytes <= 0 ? 0 : (1L << bytes * Byte.SIZE) - 1;
        }

        private static long word(byte[] json, int position) {
            return (long) WORDS.get(json, position);
        }
    }
}
