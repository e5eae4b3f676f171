package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummaryParser;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.Utf8;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Parses each record's value where the consumer makes it: in the thread that fetches, and so while
 * the event that has just been decompressed is in that core's cache. What it hands to the task is a
 * {@link SummarizedValue}, of which the other core loads the beginning only; docs/performance.md
 * says what that is worth.
 *
 * <p>Public, since Kafka makes it by its name. Not thread-safe, as consumers are not.
 */
public final class SummarizingDeserializer implements Deserializer<byte[]> {

    private final ChangeSummaryParser parser = new ChangeSummaryParser();

    /** Made by Kafka. */
    public SummarizingDeserializer() {}

    @Override
    public byte[] deserialize(String topic, byte[] json) {
        return json == null ? SummarizedValue.malformed() : summarized(json, 0, json.length);
    }

    @Override
    public byte[] deserialize(String topic, Headers headers, ByteBuffer json) {
        if (json == null || !json.hasArray()) {
            return Deserializer.super.deserialize(topic, headers, json);
        }
        int start = json.arrayOffset() + json.position();
        return summarized(json.array(), start, start + json.remaining());
    }

    private byte[] summarized(byte[] array, int start, int end) {
        try {
            return SummarizedValue.of(
                    parser.parse(array, start, end), new Utf8(array, start, end - start));
        } catch (MalformedChange e) {
            // Counted by the task, and kept as a dead letter by the archive.
            return SummarizedValue.malformed();
        }
    }
}
