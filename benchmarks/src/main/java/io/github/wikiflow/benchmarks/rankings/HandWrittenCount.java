package io.github.wikiflow.benchmarks.rankings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes per window and user as one would write it in half an hour: Jackson's streaming parser up
 * to the second of the two fields, and maps that are never emptied. No lateness, no checks, no
 * recovery: what there is to lose to a framework.
 */
final class HandWrittenCount implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long WINDOW_SECONDS = 600;

    private final Map<Long, Map<String, Long>> countsByWindow = new HashMap<>();

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        long timestamp = -1;
        String user = null;
        try (JsonParser parser = JSON.createParser(record.value())) {
            parser.nextToken();
            String name;
            while ((timestamp < 0 || user == null) && (name = parser.nextFieldName()) != null) {
                parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestamp = parser.getLongValue();
                    case "user" -> user = parser.getText();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (user != null) {
            countsByWindow
                    .computeIfAbsent(timestamp / WINDOW_SECONDS, window -> new HashMap<>())
                    .merge(user, 1L, Long::sum);
        }
    }
}
