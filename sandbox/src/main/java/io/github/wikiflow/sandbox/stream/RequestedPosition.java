package io.github.wikiflow.sandbox.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a reader stands in one topic, as an entry of a frame's {@code id}: the next timestamp, or
 * the next offset, to read.
 *
 * @param topic one of the log's
 * @param kind what the value is
 * @param value milliseconds since 1970, or an offset, where {@link #LATEST} is the end of the topic
 */
record RequestedPosition(String topic, Kind kind, long value) {

    enum Kind {
        TIMESTAMP,
        OFFSET
    }

    /** The offset that stands for whatever comes next. */
    static final long LATEST = -1;

    private static final ObjectMapper JSON = new ObjectMapper();

    static RequestedPosition atTime(String topic, long timestamp) {
        return new RequestedPosition(topic, Kind.TIMESTAMP, timestamp);
    }

    static RequestedPosition atOffset(String topic, long offset) {
        return new RequestedPosition(topic, Kind.OFFSET, offset);
    }

    /**
     * Reads a {@code Last-Event-ID}. As in the real service it may name fewer topics than the
     * stream has, of which then only those are served, and a position by time comes after one by
     * offset.
     *
     * @throws RequestRefused if it is no such list, or of another replay
     */
    static List<RequestedPosition> parse(String lastEventId, PublishedLog log)
            throws RequestRefused {
        JsonNode entries;
        try {
            entries = JSON.readTree(lastEventId);
        } catch (JsonProcessingException e) {
            throw RequestRefused.badRequest("Last-Event-ID is not JSON");
        }
        if (entries == null || !entries.isArray() || entries.isEmpty()) {
            throw RequestRefused.badRequest("Last-Event-ID is not an array of positions");
        }
        List<RequestedPosition> byOffset = new ArrayList<>();
        List<RequestedPosition> byTime = new ArrayList<>();
        for (JsonNode entry : entries) {
            String topic = entry.path("topic").asText();
            JsonNode offset = entry.path("offset");
            JsonNode timestamp = entry.path("timestamp");
            if (log.kind() == SourceKind.REPLAY && !log.topics().contains(topic)) {
                throw new RequestRefused(
                        new ErrorAnswer(410, "only " + log.topics() + " is replayed here"));
            }
            if (!log.topics().contains(topic)
                    || !entry.path("partition").isIntegralNumber()
                    || entry.path("partition").asInt() != 0
                    || !(offset.isIntegralNumber() || timestamp.isIntegralNumber())) {
                throw RequestRefused.badRequest(
                        "Last-Event-ID must have topic, partition and offset or timestamp of a"
                                + " topic of this stream in every entry");
            }
            if (offset.isIntegralNumber()) {
                byOffset.add(atOffset(topic, offset.asLong()));
            } else {
                byTime.add(atTime(topic, timestamp.asLong()));
            }
        }
        byOffset.addAll(byTime);
        return byOffset;
    }
}
