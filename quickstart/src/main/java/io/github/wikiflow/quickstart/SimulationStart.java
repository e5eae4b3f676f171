package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Properties;

/**
 * Remembers when each simulated or replayed stream began. With the same beginning it is the same
 * stream, event for event, after a restart; so the bridge's resume point still means the same
 * place.
 */
final class SimulationStart {

    private SimulationStart() {}

    /**
     * When the stream began; now, if it is new.
     *
     * @param file where it is remembered
     * @param stream what the stream is made of, as a name
     * @throws OperationException if the file cannot be read or written
     */
    static Instant of(Path file, String stream, InstantSource clock) {
        try {
            Properties known = PropertiesFile.read(file);
            String start = known.getProperty(stream);
            if (start != null) {
                return Instant.parse(start);
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            known.setProperty(stream, now.toString());
            PropertiesFile.write(
                    file, known, "When each stream that stands in for Wikipedia's began");
            return now;
        } catch (IOException | DateTimeException e) {
            throw new OperationException(
                    "cannot use '%s' (%s); delete it, or start with an empty --data folder"
                            .formatted(file, e),
                    e);
        }
    }
}
