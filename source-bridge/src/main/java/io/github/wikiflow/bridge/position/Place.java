package io.github.wikiflow.bridge.position;

import io.github.wikiflow.events.change.ChangeEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Where an event stands in the source: no two events of a log stand at one offset, and each offset
 * has one. A log may begin anew, however, and use its offsets again.
 *
 * @param offset from 0 on
 */
public record Place(SourceLog log, long offset) {

    /** What an event says of its place; null if it does not say all. */
    public static @Nullable Place of(ChangeEnvelope envelope) {
        return envelope.topic() == null
                        || envelope.partition() == null
                        || envelope.offset() == null
                        || envelope.offset() < 0
                ? null
                : new Place(
                        new SourceLog(envelope.topic(), envelope.partition()), envelope.offset());
    }
}
