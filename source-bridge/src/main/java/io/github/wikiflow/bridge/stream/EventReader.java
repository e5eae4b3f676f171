package io.github.wikiflow.bridge.stream;

import io.github.wikiflow.bridge.position.StreamPosition;
import io.github.wikiflow.events.change.ChangeEnvelope;
import io.github.wikiflow.events.change.ChangeEnvelopeParser;
import io.github.wikiflow.events.change.MalformedChange;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes events of frames. Stateless; may be shared between threads. */
final class EventReader {

    /** As much is kept of data that is too large to be forwarded. */
    private static final int KEPT_OF_TOO_LARGE = 65_536;

    private final ChangeEnvelopeParser parser = new ChangeEnvelopeParser();
    private final int maxEventBytes;

    /**
     * @param maxEventBytes larger data is not forwarded
     */
    EventReader(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Reads a frame.
     *
     * @param id the frame's id; may be null
     */
    ReceivedEvent read(byte[] data, @Nullable String id) {
        StreamPosition position = StreamPosition.parse(id);
        if (data.length > maxEventBytes) {
            return new ReceivedEvent(
                    Arrays.copyOf(data, Math.min(data.length, KEPT_OF_TOO_LARGE)),
                    parser.parseFront(data),
                    "larger than %d bytes, of which the first %d are kept"
                            .formatted(maxEventBytes, Math.min(data.length, KEPT_OF_TOO_LARGE)),
                    position,
                    id);
        }
        try {
            return new ReceivedEvent(data, parser.parse(data), null, position, id);
        } catch (MalformedChange e) {
            ChangeEnvelope envelope = parser.parseFront(data);
            return new ReceivedEvent(data, envelope, e.getMessage(), position, id);
        }
    }
}
