package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is ranked. */
public enum Dimension {
    /** Every account and address, bots included. */
    USERS,
    /** As {@link #USERS}, counting only changes without the bot flag. */
    HUMANS,
    /** Pages; the same title in two wikis is two pages. */
    PAGES,
    /** Wikis by their database name, such as {@code enwiki}. */
    WIKIS;

    /** The name in options, keys and JSON: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The dimension with this label.
     *
     * @throws IllegalArgumentException naming the labels there are
     */
    @JsonCreator
    public static Dimension ofLabel(String label) {
        for (Dimension dimension : values()) {
            if (dimension.label().equals(label)) {
                return dimension;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is none of %s"
                        .formatted(
                                label,
                                Arrays.stream(values())
                                        .map(Dimension::label)
                                        .collect(Collectors.joining(", "))));
    }
}
