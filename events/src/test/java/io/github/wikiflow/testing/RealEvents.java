package io.github.wikiflow.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that Wikimedia's stream has sent, one a line in a file beside the project, or where {@code
 * -Dreal.events=} says.
 */
public final class RealEvents {

    private RealEvents() {}

    /** All of them; the test is skipped, with a notice, where the file is not. */
    public static List<byte[]> read() throws IOException {
        String given = System.getProperty("real.events");
        Path file =
                given != null
                        ? Path.of(given)
                        : ProjectRoot.find().resolve("../shared/data/recentchange-real.ndjson");
        assumeTrue(
                Files.exists(file),
                () -> "no real events in " + file.normalize() + "; set -Dreal.events=FILE");
        List<byte[]> events = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            events.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return events;
    }
}
