package io.github.wikiflow.rankings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A lake into which other lakes are moved piece by piece, as if the archive had written them at
 * certain times.
 */
final class GrowingLake {

    /** Between the times at which two pieces say they were written. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private final Path folder;
    private Instant time = Instant.parse("2026-02-03T04:05:06Z");

    GrowingLake(Path folder) throws IOException {
        this.folder = Files.createDirectory(folder);
    }

    Path folder() {
        return folder;
    }

    /** Moves all files of a lake here. */
    void add(Path lake) throws IOException {
        time = time.plus(PAUSE);
        List<Path> files;
        try (Stream<Path> found = Files.walk(lake)) {
            files = found.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
        for (Path file : files) {
            Files.setLastModifiedTime(file, FileTime.from(time));
            Path target = folder.resolve(lake.relativize(file));
            Files.createDirectories(target.getParent());
            Files.move(file, target);
        }
    }
}
