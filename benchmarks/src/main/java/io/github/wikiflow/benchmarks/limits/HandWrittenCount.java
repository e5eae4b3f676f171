package io.github.wikiflow.benchmarks.limits;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Changes per window and user as one would write it in half an hour: Jackson's streaming parser up
 * to the second of the two fields, and a map for each of two threads that is never emptied. No
 * lateness, no checks, no recovery: what there is to lose to a framework.
 */
public final class HandWrittenCount implements Consumer<ConsumerRecord<byte[], byte[]>> {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long WINDOW_SECONDS = 600;

    private final Map<Long, Map<String, Long>> countsByWindow = new HashMap<>();

    private HandWrittenCount() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        Report.settings(Map.of("consumers", "2"));
        List<HandWrittenCount> parts = new ArrayList<>();
        Report.measurement(
                Measurement.ofWork(
                        task.events(),
                        () ->
                                Consumers.read(
                                        task,
                                        2,
                                        () -> {
                                            parts.add(new HandWrittenCount());
                                            return parts.get(parts.size() - 1);
                                        })));
        Ranked.write(task.ranking(), Ranked.first(merge(parts)));
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        long timestamp = -1;
        String user = null;
        try (JsonParser parser = JSON.createParser(record.value())) {
            parser.nextToken();
            String name;
            while ((timestamp < 0 || user == null) && (name = parser.nextFieldName()) != null) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestamp = parser.getLongValue();
                    case "user" -> user = value == JsonToken.VALUE_NULL ? null : parser.getText();
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

    private static List<Ranked> merge(List<HandWrittenCount> parts) {
        Map<Long, Map<String, Long>> all = new HashMap<>();
        for (HandWrittenCount part : parts) {
            part.countsByWindow.forEach(
                    (window, counts) -> {
                        Map<String, Long> sums =
                                all.computeIfAbsent(window, each -> new HashMap<>());
                        counts.forEach((user, count) -> sums.merge(user, count, Long::sum));
                    });
        }
        List<Ranked> result = new ArrayList<>();
        all.forEach(
                (window, counts) ->
                        counts.forEach(
                                (user, count) ->
                                        result.add(
                                                new Ranked(window * WINDOW_SECONDS, user, count))));
        return result;
    }
}
