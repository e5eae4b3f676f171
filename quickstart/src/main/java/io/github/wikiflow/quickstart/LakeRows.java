package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Counts the rows of the lake by the names of its files, which end in the number of their rows. */
public final class LakeRows {

    /** A longer number is no count, but somebody's own file. */
    private static final Pattern FILE = Pattern.compile(".+-(\\d{1,18})\\.parquet");

    /** Beside them, in folders that begin with a dot, are files that are not of the lake. */
    private static final String DAYS = "change_timestamp_date=*";

    private final Path lake;

    /**
     * @param lake its folder, which exists
     */
    public LakeRows(Path lake) {
        this.lake = lake;
    }

    /** The rows in all committed files. */
    public long count() throws IOException {
        long rows = 0;
        try (DirectoryStream<Path> days = Files.newDirectoryStream(lake, DAYS)) {
            for (Path day : days) {
                try (Stream<Path> files = Files.walk(day)) {
                    rows += files.mapToLong(LakeRows::rows).sum();
                }
            }
            return rows;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                // The job has just taken a file out of the lake.
                return count();
            }
            throw e.getCause();
        }
    }

    private static long rows(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }
}
