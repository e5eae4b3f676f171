package io.github.wikiflow.lake;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file of the lake, which no other has; it says who wrote the file, and how many rows
 * are in it.
 *
 * @param run of the {@link Epoch} that the file belongs to
 * @param checkpoint of that epoch
 * @param writer of that epoch
 * @param number of the file in that epoch
 * @param rows how many are in the file
 */
public record LakeFileName(String run, long checkpoint, String writer, int number, long rows) {

    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]+)-(\\d{1,18})-([0-9a-f]+)-(\\d{1,9})-(\\d{1,18})\\.parquet");

    /** A longer number is no count, but somebody's own file. */
    private static final Pattern ROWS = Pattern.compile(".+-(\\d{1,18})\\.parquet");

    /** The name as text. */
    public String text() {
        return "%s-%d-%s-%d-%d.parquet".formatted(run, checkpoint, writer, number, rows);
    }

    /** What a file's name says; null if this build would not give it that one. */
    public static @Nullable LakeFileName parse(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? new LakeFileName(
                        parts.group(1),
                        Long.parseLong(parts.group(2)),
                        parts.group(3),
                        Integer.parseInt(parts.group(4)),
                        Long.parseLong(parts.group(5)))
                : null;
    }

    /** How many rows a file has by its name, whichever build wrote it; -1 if it does not say. */
    public static long rows(String name) {
        Matcher end = ROWS.matcher(name);
        return end.matches() ? Long.parseLong(end.group(1)) : -1;
    }
}
