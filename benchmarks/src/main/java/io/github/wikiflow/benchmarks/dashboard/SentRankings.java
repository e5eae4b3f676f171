package io.github.wikiflow.benchmarks.dashboard;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rankings of one window and remembers when. Each ranking has a revision of its own, which
 * is also its number of changes, so that a receiver can say which one it saw. Thread-safe.
 */
final class SentRankings implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-11-23T18:40:00Z");
    private static final int PLACES = 10;

    private final Producer<byte[], byte[]> producer;
    private final Map<Long, Long> sentNanos = new ConcurrentHashMap<>();
    private long revision;

    SentRankings(String bootstrapServers) {
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Writes the next pane of every dimension. */
    synchronized void sendPane() {
        for (Dimension dimension : Dimension.values()) {
            revision++;
            Ranking ranking = ranking(dimension);
            byte[] value = RankingJson.write(ranking);
            sentNanos.put(revision, System.nanoTime());
            producer.send(
                    new ProducerRecord<>(
                            Topic.RANKINGS.defaultName(),
                            ranking.key().getBytes(StandardCharsets.UTF_8),
                            value));
        }
    }

    /** When it was handed to the producer, by {@link System#nanoTime}; null if it never was. */
    @Nullable Long sentNanos(long sentRevision) {
        return sentNanos.get(sentRevision);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(10));
    }

    /** The order changes from pane to pane. */
    private Ranking ranking(Dimension dimension) {
        List<RankingEntry> top = new ArrayList<>(PLACES);
        for (int i = 0; i < PLACES; i++) {
            top.add(
                    new RankingEntry(
                            i + 1,
                            "A name of usual length " + (revision + i) % PLACES,
                            1_000L - 90 * i,
                            i % 3 == 0 ? 1_000L - 90 * i : 0,
                            dimension == Dimension.PAGES ? "enwiki" : null));
        }
        return new Ranking(
                dimension,
                START,
                START.plusSeconds(600),
                Pane.EARLY,
                false,
                revision,
                START,
                START,
                revision,
                PLACES,
                top);
    }
}
