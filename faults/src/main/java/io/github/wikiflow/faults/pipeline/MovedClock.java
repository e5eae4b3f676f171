package io.github.wikiflow.faults.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock of a process, which can be moved while it runs: by libfaketime, which stands
 * between the process and the system's clock, so that its libraries are deceived too. What measures
 * time by the monotonic clock is not.
 */
public final class MovedClock {

    /** Where Linux distributions put it. */
    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

    private static final String OPTION = "wikiflow.libfaketime";

    private final Path offset;

    /**
     * A clock that is right.
     *
     * @param offset the file that will say by how much it is wrong
     */
    MovedClock(Path offset) throws IOException {
        this.offset = offset;
        move(Duration.ZERO);
    }

    /** The library; null where it is not installed. */
    private static @Nullable Path library() {
        String given = System.getProperty(OPTION, "");
        return given.isEmpty()
                ? LIBRARIES.stream().filter(Files::isRegularFile).findFirst().orElse(null)
                : Path.of(given);
    }

    /** Whether clocks can be moved on this machine. */
    public static boolean isPossible() {
        return library() != null;
    }

    /** What the process is to be started with; empty if its clock cannot be moved. */
    Map<String, String> environment() {
        Path library = library();
        return library != null
                ? Map.of(
                        "LD_PRELOAD", library.toString(),
                        "FAKETIME_TIMESTAMP_FILE", offset.toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "DONT_FAKE_MONOTONIC", "1",
                        // Else each wait of Java with a limit ends at once, and its loop takes a
                        // core.
                        "FAKETIME_FORCE_MONOTONIC_FIX", "0")
                : Map.of();
    }

    /** Lets it be wrong by so much within the next second. */
    public void move(Duration by) throws IOException {
        Files.writeString(offset, "%+d".formatted(by.toSeconds()));
    }
}
