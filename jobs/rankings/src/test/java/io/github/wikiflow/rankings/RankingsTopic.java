package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what a job has written: whole topics, and the rankings as a reader of the topic has them.
 */
final class RankingsTopic {

    private RankingsTopic() {}

    /** All records of a topic that are there now and committed. */
    static List<ConsumerRecord<byte[], byte[]>> records(String bootstrapServers, String topic) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        properties.setProperty("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Every record of the rankings topic, in order. */
    static List<Ranking> all(String bootstrapServers, String topic) throws IOException {
        List<Ranking> rankings = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(bootstrapServers, topic)) {
            rankings.add(RankingJson.read(record.value()));
        }
        return rankings;
    }

    /** The valid record, which is the one of the highest revision, of each dimension and window. */
    static List<Ranking> valid(List<Ranking> all) {
        Map<String, Ranking> byKey = new HashMap<>();
        for (Ranking ranking : all) {
            byKey.merge(
                    ranking.key(),
                    ranking,
                    (left, right) -> left.revision() > right.revision() ? left : right);
        }
        return byKey.values().stream()
                .sorted(
                        Comparator.comparing(Ranking::windowStart)
                                .thenComparing(Ranking::dimension))
                .toList();
    }

    /** What the rankings say, without when and how they came to say it. */
    static List<ExpectedRanking> answers(List<Ranking> rankings) {
        return rankings.stream()
                .map(
                        ranking ->
                                new ExpectedRanking(
                                        ranking.dimension(),
                                        ranking.windowStart(),
                                        ranking.windowEnd(),
                                        ranking.changes(),
                                        ranking.distinct(),
                                        ranking.top()))
                .toList();
    }
}
