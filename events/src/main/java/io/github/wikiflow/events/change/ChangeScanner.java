package io.github.wikiflow.events.change;

import io.github.wikiflow.events.change.ChangeField.Place;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fast path of {@link ChangeReader}: notes where in an event's bytes each field's value stands.
 * Texts are copied from there when they are asked for, in pieces only if they have escapes.
 *
 * <p>Not thread-safe; to be reused from event to event.
 */
final class ChangeScanner extends JsonScanner implements ChangeValues {

    private static final ChangeField[] FIELDS = ChangeField.values();

    /** Surrogates come in pairs, which usual events hold as UTF-8 and not as escapes. */
    private static final int FIRST_SURROGATE = 0xD800;

    private static final int LAST_SURROGATE = 0xDFFF;

    private final FieldNames names;
    private final boolean needsSchema;
    private final boolean needsOtherFields;
    private final int[] starts = new int[FIELDS.length];
    private final int[] ends = new int[FIELDS.length];

    /** Bytes of a text, or 64 bits of a number. */
    private final long[] values = new long[FIELDS.length];

    /** One bit for each thing that {@link FieldNames} knows and that has been read. */
    private long seen;

    /** One bit for each field that has a value. */
    private long present;

    private long timestamp;

    /**
     * @param fields what will be asked for
     */
    ChangeScanner(Set<ChangeField> fields) {
        names = new FieldNames(fields);
        needsSchema = fields.contains(ChangeField.SCHEMA);
        needsOtherFields = fields.contains(ChangeField.OTHER_FIELDS);
    }

    /** Reads the event; false if its bytes need a closer look. */
    boolean scan(byte[] array, int start, int end) {
        seen = 0;
        present = 0;
        return scanEvent(array, start, end, Place.EVENT.ordinal())
                && isSeen(FieldNames.TIMESTAMP)
                && isSeen(FieldNames.PLACES + Place.META.ordinal())
                // Events of 2018 have it elsewhere.
                && (!needsSchema || has(ChangeField.SCHEMA));
    }

    private boolean isSeen(int meaning) {
        return (seen & 1L << meaning) != 0;
    }

    @Override
    int meaning(int object, int name, int nameEnd) {
        return names.find(object, json(), name, nameEnd);
    }

    @Override
    int readValue(int meaning, int value) {
        if (meaning == FieldNames.UNKNOWN) {
            // Usual events have no others.
            return needsOtherFields ? UNSURE : skipValue(value);
        }
        if (isSeen(meaning)) {
            return UNSURE;
        }
        seen |= 1L << meaning;
        if (meaning < FIELDS.length) {
            return readField(FIELDS[meaning], value);
        }
        if (meaning == FieldNames.TIMESTAMP) {
            int end = skipTimestamp(value);
            timestamp = end == UNSURE ? 0 : integer(value, end);
            return end;
        }
        return at(value) == '{' ? readObject(value, meaning - FieldNames.PLACES) : UNSURE;
    }

    private int readField(ChangeField field, int value) {
        int first = at(value);
        return switch (field.kind()) {
            case TEXT -> first == '"' ? readString(field, value) : readScalar(field, value, first);
            case LONG, INTEGER -> isNumber(first) ? readNumber(field, value) : skipValue(value);
            case BOOLEAN -> {
                int end = skipValue(value);
                if (end != UNSURE && (first == 't' || first == 'f')) {
                    note(field, value, end, 0);
                }
                yield end;
            }
            case SOURCE -> {
                int end = first == '{' || first == '[' ? skipValue(value) : skipNull(value);
                if (end != UNSURE && first != 'n') {
                    note(field, value, end, end - value);
                }
                yield end;
            }
        };
    }

    private static boolean isNumber(int first) {
        return first == '-' || first >= '0' && first <= '9';
    }

    private int readNumber(ChangeField field, int position) {
        int end = skipInteger(position);
        if (end == UNSURE) {
            return UNSURE;
        }
        long value = integer(position, end);
        if (field.kind() == ChangeField.Kind.LONG || value == (int) value) {
            note(field, position, end, value);
        }
        return end;
    }

    /** Integers and booleans are kept as their text; an object has none. */
    private int readScalar(ChangeField field, int position, int first) {
        int end = isNumber(first) ? skipInteger(position) : skipValue(position);
        if (end != UNSURE && first != 'n' && first != '{' && first != '[') {
            note(field, position, end, end - position);
        }
        return end;
    }

    private int readString(ChangeField field, int quote) {
        int end = skipString(quote);
        if (end == UNSURE) {
            return UNSURE;
        }
        int start = quote + 1;
        int length = end - 1 - start;
        if (hasEscapes()) {
            length = unescapedLength(start, end - 1);
            if (length == UNSURE) {
                return UNSURE;
            }
        }
        note(field, start, end - 1, length);
        return end;
    }

    private int unescapedLength(int start, int end) {
        int length = 0;
        int next = start;
        while (next < end) {
            if (at(next) != '\\') {
                length++;
                next++;
                continue;
            }
            int character = escapedCharacter(next);
            if (character >= FIRST_SURROGATE && character <= LAST_SURROGATE) {
                return UNSURE;
            }
            length += utf8Length(character);
            next = skipEscape(next);
        }
        return length;
    }

    private void note(ChangeField field, int start, int end, long value) {
        int index = field.ordinal();
        starts[index] = start;
        ends[index] = end;
        values[index] = value;
        present |= 1L << index;
    }

    private static int utf8Length(int character) {
        return character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
    }

    @Override
    public long timestamp() {
        return timestamp;
    }

    @Override
    public boolean has(ChangeField field) {
        return (present & 1L << field.ordinal()) != 0;
    }

    @Override
    public int textLength(ChangeField field) {
        return (int) values[field.ordinal()];
    }

    @Override
    public @Nullable Utf8 text(ChangeField field) {
        if (!has(field)) {
            return null;
        }
        int index = field.ordinal();
        int length = (int) values[index];
        if (ends[index] - starts[index] == length) {
            return new Utf8(json(), starts[index], length);
        }
        byte[] unescaped = new byte[length];
        copyUnescaped(starts[index], ends[index], unescaped, 0);
        return Utf8.of(unescaped);
    }

    @Override
    public void copyText(ChangeField field, byte[] target, int offset) {
        int index = field.ordinal();
        int start = starts[index];
        int end = ends[index];
        if (end - start == values[index]) {
            System.arraycopy(json(), start, target, offset, end - start);
        } else {
            copyUnescaped(start, end, target, offset);
        }
    }

    private void copyUnescaped(int start, int end, byte[] target, int offset) {
        byte[] json = json();
        int to = offset;
        int from = start;
        while (from < end) {
            if (json[from] != '\\') {
                target[to++] = json[from++];
                continue;
            }
            int character = escapedCharacter(from);
            from = skipEscape(from);
            switch (utf8Length(character)) {
                case 1 -> target[to++] = (byte) character;
                case 2 -> {
                    target[to++] = (byte) (0xC0 | character >> 6);
                    target[to++] = (byte) (0x80 | character & 0x3F);
                }
                default -> {
                    target[to++] = (byte) (0xE0 | character >> 12);
                    target[to++] = (byte) (0x80 | character >> 6 & 0x3F);
                    target[to++] = (byte) (0x80 | character & 0x3F);
                }
            }
        }
    }

    @Override
    public long number(ChangeField field) {
        return values[field.ordinal()];
    }

    @Override
    public boolean isTrue(ChangeField field) {
        return at(starts[field.ordinal()]) == 't';
    }
}
