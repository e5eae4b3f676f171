package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.ChangeSummaryParser;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.Utf8;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Parses each record's value where the consumer makes it: in the thread that fetches, and so while
 * the event that has just been decompressed is in that core's cache. The change goes to the task as
 * a {@link FetchedChange} among the record's headers; benchmarks/journal.md says what that is
 * worth.
 *
 * <p>Public, since Kafka makes it by its name. Not thread-safe, as consumers are not.
 */
public final class SummarizingDeserializer implements Deserializer<byte[]> {

    /** Whatever the change is: it is in the headers. */
    private static final byte[] NO_VALUE = {};

    private final ChangeSummaryParser parser = new ChangeSummaryParser();

    /** Made by Kafka. */
    public SummarizingDeserializer() {}

    /** Kafka's consumer has headers and calls the others. */
    @Override
    public byte[] deserialize(String topic, byte[] json) {
        throw new UnsupportedOperationException("a change is handed on in its record's headers");
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, byte[] json) {
        return json == null ? NO_VALUE : parse(headers, json, 0, json.length);
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer json) {
        if (json == null || !json.hasArray()) {
            return deserialize(topic, headers, Utils.toNullableArray(json));
        }
        int start = json.arrayOffset() + json.position();
        return parse(headers, json.array(), start, start + json.remaining());
    }

    private byte[] parse(Headers headers, byte[] array, int start, int end) {
        try {
            ChangeSummary summary = parser.parse(array, start, end);
            headers.add(new FetchedChange(summary, new Utf8(array, start, end - start)));
        } catch (MalformedChange e) {
            // Without a change the task counts it; the archive keeps it as a dead letter.
        }
        return NO_VALUE;
    }
}
