package io.github.wikiflow.benchmarks.kafkastreams;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Changes per window and user in a window store, from which the busiest are read at the end: {@code
 * topic -> users by key (repartitioned) -> count in windows}. Kafka Streams knows no bounded input,
 * so the run is over when as many records as there are have been counted. Option: {@code
 * grace-minutes=N}, how long a window takes late changes.
 */
public final class StreamsRankings {

    private static final String STORE = "counts";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final String GRACE = "grace-minutes=";

    private StreamsRankings() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        Map<String, String> settings = settings();
        Map<String, String> shown = new TreeMap<>(settings);
        shown.put("grace", grace(task) + " min");
        Report.settings(shown);
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.put("bootstrap.servers", task.bootstrapServers());
        properties.put("application.id", task.outputTopic());
        properties.put("state.dir", task.folder().resolve("state").toString());

        CountDownLatch left = new CountDownLatch(Math.toIntExact(task.events()));
        try (KafkaStreams streams = new KafkaStreams(topology(task, left), properties)) {
            List<Throwable> failures = new ArrayList<>();
            streams.setUncaughtExceptionHandler(
                    failure -> {
                        failures.add(failure);
                        while (left.getCount() > 0) {
                            left.countDown();
                        }
                        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
                    });
            Measurement measurement =
                    Measurement.ofWork(
                            task.events(),
                            () -> {
                                streams.start();
                                left.await();
                            });
            if (!failures.isEmpty()) {
                throw new IllegalStateException("Kafka Streams failed", failures.get(0));
            }
            Report.measurement(measurement);
            Ranked.write(task.ranking(), answer(streams));
        }
    }

    private static Map<String, String> settings() {
        return Map.of(
                "num.stream.threads", "2",
                "auto.offset.reset", "earliest",
                // Fewer updates of the store and of its changelog; the default is 10 MB.
                "statestore.cache.max.bytes", "67108864",
                "producer.compression.type", "lz4",
                "producer.linger.ms", "20",
                "producer.batch.size", "262144");
    }

    private static long grace(Task task) {
        return Long.parseLong(
                task.options().stream()
                        .filter(option -> option.startsWith(GRACE))
                        .findFirst()
                        .orElseThrow()
                        .substring(GRACE.length()));
    }

    private static Topology topology(Task task, CountDownLatch left) {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<UserChange> changes =
                Serdes.serdeFrom(
                        (topic, change) -> {
                            throw new UnsupportedOperationException("changes are only read");
                        },
                        (topic, event) -> UserChange.parse(event));
        builder.stream(
                        task.topic(),
                        Consumed.with(Serdes.ByteArray(), changes)
                                .withTimestampExtractor(new ChangeTime()))
                .filter(
                        (page, change) -> {
                            if (change.user() == null) {
                                left.countDown();
                            }
                            return change.user() != null;
                        })
                .map((page, change) -> KeyValue.pair(change.user(), new byte[0]))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.ByteArray()))
                .peek((user, nothing) -> left.countDown())
                .groupByKey(Grouped.with(Serdes.String(), Serdes.ByteArray()))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, Duration.ofMinutes(grace(task))))
                .count(
                        Materialized.<String, Long, WindowStore<Bytes, byte[]>>as(STORE)
                                .withKeySerde(Serdes.String())
                                .withValueSerde(Serdes.Long())
                                .withRetention(Duration.ofDays(30)));
        return builder.build();
    }

    private static List<Ranked> answer(KafkaStreams streams) {
        ReadOnlyWindowStore<String, Long> store =
                streams.store(
                        StoreQueryParameters.fromNameAndType(
                                STORE, QueryableStoreTypes.windowStore()));
        List<Ranked> counts = new ArrayList<>();
        try (KeyValueIterator<Windowed<String>, Long> all =
                store.fetchAll(Instant.EPOCH, Instant.now())) {
            while (all.hasNext()) {
                KeyValue<Windowed<String>, Long> each = all.next();
                counts.add(
                        new Ranked(
                                each.key.window().startTime().getEpochSecond(),
                                each.key.key(),
                                each.value));
            }
        }
        return Ranked.first(counts);
    }
}
