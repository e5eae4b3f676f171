package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.LakeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How much a lake takes. */
record LakeSize(int files, int partitions, long bytes) {

    /** Measures the files that readers see. */
    static LakeSize of(Path lake) throws IOException {
        Set<Path> partitions = new HashSet<>();
        int files = 0;
        long bytes = 0;
        for (Path file : LakeFiles.of(lake)) {
            files++;
            bytes += Files.size(file);
            partitions.add(file.getParent());
        }
        return new LakeSize(files, partitions.size(), bytes);
    }
}
