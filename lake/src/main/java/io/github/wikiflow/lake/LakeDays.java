package io.github.wikiflow.lake;

import java.io.Serializable;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which days of the lake are read.
 *
 * @param first null for all from the beginning
 * @param last inclusive; null for all to the end
 */
public record LakeDays(@Nullable LocalDate first, @Nullable LocalDate last)
        implements Serializable {

    /** All days. */
    public static final LakeDays ALL = new LakeDays(null, null);

    /** Whether a day is read. */
    public boolean contains(LocalDate day) {
        return (first == null || !day.isBefore(first)) && (last == null || !day.isAfter(last));
    }
}
