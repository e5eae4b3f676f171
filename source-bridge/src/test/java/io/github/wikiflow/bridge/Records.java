package io.github.wikiflow.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the records that a bridge wrote say. */
final class Records {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Records() {}

    /** {@code meta.id} of each record. */
    static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> json(record).at("/meta/id").asText()).toList();
    }

    static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(record.value());
        } catch (IOException e) {
            throw new AssertionError(
                    "not JSON: " + new String(record.value(), StandardCharsets.UTF_8), e);
        }
    }
}
