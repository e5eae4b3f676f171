package io.github.wikiflow.rankings.lake;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * Which days of the lake are read.
 *
 * @param first null for all from the beginning
 * @param last inclusive; null for all to the end
 */
public record LakeDays(LocalDate first, LocalDate last) implements Serializable {

    /** Whether a day is read. */
    boolean contains(LocalDate day) {
        return (first == null || !day.isBefore(first)) && (last == null || !day.isAfter(last));
    }
}
