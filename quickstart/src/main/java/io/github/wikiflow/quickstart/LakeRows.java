package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final Path lake;

    /**
     * @param lake its folder, which exists
     */
    public LakeRows(Path lake) {
        this.lake = lake;
    }

    /** The rows in all committed files. */
    public long count() throws IOException {
        try (Stream<Path> files = Files.walk(lake)) {
            return files.mapToLong(LakeRows::rows).sum();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                // The job has just moved a file out of its staging folder; the next look will find
                // it.
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
