package io.github.wikiflow.bridge.stream;

import io.github.wikiflow.bridge.position.StreamPosition;
import io.github.wikiflow.events.change.ChangeEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * The event of one frame.
 *
 * @param data byte for byte as received; of what is too large only the front
 * @param envelope what could be read of the data; never null
 * @param flaw why the data is no event that can be forwarded, one line for a human; null if it is
 * @param position the frame's id as a position
 * @param id the frame's id as received; may be null
 */
public record ReceivedEvent(
        byte[] data,
        ChangeEnvelope envelope,
        @Nullable String flaw,
        StreamPosition position,
        @Nullable String id) {}
