package io.github.wikiflow.events.change;

import io.github.wikiflow.events.change.ChangeField.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Finds which {@link ChangeField}, or which object of such fields, a name in the JSON means: a hash
 * table from the name's bytes, so that no String is made to look one up.
 */
final class FieldNames {

    /** What {@link #find} returns for a name of nothing that is kept. */
    static final int UNKNOWN = -1;

    /** What {@link #find} returns for the timestamp. */
    static final int TIMESTAMP = ChangeField.values().length;

    /** {@link #find} returns this and the ordinal of a {@link Place} for the place's own name. */
    static final int PLACES = TIMESTAMP + 1;

    private static final int SLOTS = 256;

    private final byte[][] names = new byte[SLOTS][];
    private final int[] objects = new int[SLOTS];
    private final int[] meanings = new int[SLOTS];

    /**
     * @param fields what is kept, beside the timestamp; the place {@code META} is always known,
     *     since every event must have it
     */
    FieldNames(Set<ChangeField> fields) {
        add(Place.EVENT, "timestamp", TIMESTAMP);
        Set<Place> places = EnumSet.of(Place.META);
        for (ChangeField field : fields) {
            String name = field.jsonName();
            if (name != null) {
                add(field.place(), name, field.ordinal());
                places.add(field.place());
            }
        }
        for (Place place : places) {
            if (place.jsonName != null) {
                add(Place.EVENT, place.jsonName, PLACES + place.ordinal());
            }
        }
    }

    private void add(Place place, String name, int meaning) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        int slot = slot(place.ordinal(), bytes, 0, bytes.length);
        while (names[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        names[slot] = bytes;
        objects[slot] = place.ordinal();
        meanings[slot] = meaning;
    }

    /**
     * Finds what a name means.
     *
     * @param object ordinal of the {@link Place} where the name stands
     * @return the ordinal of a field, or one of this class's constants
     */
    int find(int object, byte[] json, int start, int end) {
        if (start == end) {
            return UNKNOWN;
        }
        int slot = slot(object, json, start, end);
        while (names[slot] != null) {
            byte[] name = names[slot];
            if (objects[slot] == object && Arrays.equals(name, 0, name.length, json, start, end)) {
                return meanings[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return UNKNOWN;
    }

    private static int slot(int object, byte[] name, int start, int end) {
        int hash = object + 4 * (end - start);
        hash = hash * 31 + name[start];
        hash = hash * 31 + name[(start + end) / 2];
        hash = hash * 31 + name[end - 1];
        return (hash ^ hash >>> 8) & SLOTS - 1;
    }
}
