package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Reads the topic of rankings as any consumer does, and tells of those of users. */
final class RankingsWatch extends Watch {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Consumer<Sighting> seen;

    /**
     * @param client what a Kafka client needs
     * @param seen called on this watch's thread
     */
    RankingsWatch(Properties client, Consumer<Sighting> seen) {
        this.seen = seen;
        this.consumer = new CommittedRecords(client).atTheBeginning(Topic.RANKINGS.defaultName());
    }

    @Override
    void look() throws IOException {
        var records = consumer.poll(POLL);
        long now = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Ranking ranking = RankingJson.read(record.value());
            if (ranking.dimension() == Dimension.USERS) {
                seen.accept(
                        new Sighting(ranking.windowStart().toEpochMilli(), ranking.changes(), now));
            }
        }
    }

    @Override
    void wake() {
        consumer.wakeup();
    }

    @Override
    void release() {
        consumer.close();
    }
}
