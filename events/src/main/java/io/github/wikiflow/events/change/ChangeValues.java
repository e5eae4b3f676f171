package io.github.wikiflow.events.change;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link WikiChange} says, for those who copy its values on as bytes and need no objects.
 * What is asked of a field must fit it: a text's bytes are those of a text field.
 */
public interface ChangeValues {

    /** When the change was made, in epoch seconds, from 1970 to the end of the year 9999. */
    long timestamp();

    /** Whether the field has a value. */
    boolean has(ChangeField field);

    /** How many bytes of UTF-8 a text that is there has. */
    int textLength(ChangeField field);

    /**
     * Copies a text that is there as UTF-8.
     *
     * @param target has at least {@link #textLength} bytes from {@code offset} on
     */
    void copyText(ChangeField field, byte[] target, int offset);

    /** A number that is there. */
    long number(ChangeField field);

    /** A boolean that is there. */
    boolean isTrue(ChangeField field);

    /** A text; null if it is absent. Stays as it is when these values are gone. */
    @Nullable Utf8 text(ChangeField field);
}
