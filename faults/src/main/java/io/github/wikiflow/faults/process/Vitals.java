package io.github.wikiflow.faults.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process uses, as Linux counts it.
 *
 * @param memoryBytes resident memory
 * @param openFiles file descriptors, sockets included
 * @param threads threads
 */
public record Vitals(long memoryBytes, long openFiles, long threads) {

    /**
     * Those of a running process.
     *
     * @throws IOException if it does not run, or this is not Linux
     */
    public static Vitals of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        long memory = 0;
        long threads = 0;
        for (String line : Files.readAllLines(process.resolve("status"))) {
            if (line.startsWith("VmRSS:")) {
                memory = number(line) * 1024;
            } else if (line.startsWith("Threads:")) {
                threads = number(line);
            }
        }
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return new Vitals(memory, files.count(), threads);
        }
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
