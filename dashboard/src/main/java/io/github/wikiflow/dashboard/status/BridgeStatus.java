package io.github.wikiflow.dashboard.status;

import io.github.wikiflow.events.source.SourceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the bridge says of itself and of the stream. Every value but the first three is null while
 * it is unknown.
 *
 * @param word its state in a word, for people
 * @param detail the same in a sentence
 * @param source of which kind the events are
 * @param streamTime the time of the newest event that came from the stream
 * @param events forwarded since the bridge started
 * @param gaps places in the numbering of the source that the stream left out: events that were lost
 * @param repeats events that came again and were dropped
 */
public record BridgeStatus(
        Health health,
        String word,
        String detail,
        @Nullable SourceKind source,
        @Nullable Instant streamTime,
        @Nullable Long events,
        @Nullable Long gaps,
        @Nullable Long repeats) {

    static BridgeStatus unknown(String detail) {
        return new BridgeStatus(Health.UNKNOWN, "unknown", detail, null, null, null, null, null);
    }
}
