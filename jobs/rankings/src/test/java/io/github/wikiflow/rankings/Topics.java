package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker with the topics of one test, and what a reader makes of them. */
final class Topics implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka;

    private Topics(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    static Topics start(Path folder) {
        return new Topics(EmbeddedKafka.start(folder));
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** Creates topics that keep their records, however old their times say they are. */
    void create(String... names) throws Exception {
        for (String name : names) {
            LastingTopic.create(client(), name, PARTITIONS);
        }
    }

    /** Writes events into a topic. */
    void load(String topic, Iterable<GeneratedEvent> events, Consumer<LandedEvent> landed) {
        try (TopicLoader loader = new TopicLoader(client(), topic)) {
            loader.load(events, landed);
        }
    }

    /** Deletes the records of a topic; those that come later go on from their offsets. */
    void empty(String topic) throws Exception {
        try (Admin admin = Admin.create(client())) {
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            for (TopicPartition partition : partitions(topic)) {
                all.put(partition, RecordsToDelete.beforeOffset(-1));
            }
            admin.deleteRecords(all).all().get();
        }
    }

    Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }

    /** All records of a topic that are there now and committed, each partition in order. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return new CommittedRecords(client()).read(topic);
    }

    /** How many records of a topic a consumer group has not yet committed. */
    long lag(String group, String topic) throws Exception {
        try (Admin admin = Admin.create(client())) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicPartition partition : partitions(topic)) {
                latest.put(partition, OffsetSpec.latest());
            }
            long lag = 0;
            for (var end : admin.listOffsets(latest).all().get().entrySet()) {
                OffsetAndMetadata offset = committed.get(end.getKey());
                lag += end.getValue().offset() - (offset == null ? 0 : offset.offset());
            }
            return lag;
        }
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    /** Every ranking of a topic, those of one dimension and window in order. */
    List<Ranking> rankings(String topic) throws Exception {
        List<Ranking> rankings = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            rankings.add(RankingJson.read(record.value()));
        }
        return rankings;
    }

    /** The valid record of each dimension and window. */
    static List<Ranking> valid(List<Ranking> all) {
        Map<String, Ranking> byKey = new HashMap<>();
        for (Ranking ranking : all) {
            byKey.merge(
                    ranking.key(),
                    ranking,
                    (earlier, later) -> later.replaces(earlier) ? later : earlier);
        }
        return byKey.values().stream()
                .sorted(
                        Comparator.comparing(Ranking::windowStart)
                                .thenComparing(Ranking::dimension))
                .toList();
    }

    /** Asserts that a window that is final twice, as after a failure, is final with one answer. */
    static void assertFinalsAgree(List<Ranking> all) {
        Map<String, ExpectedRanking> finals = new HashMap<>();
        for (Ranking ranking : all) {
            if (ranking.isFinal()) {
                ExpectedRanking answer = ExpectedRanking.of(ranking);
                assertThat(answer).isEqualTo(finals.computeIfAbsent(ranking.key(), key -> answer));
            }
        }
    }

    /**
     * Closes all windows that end some time before this one, by a change of this time in each
     * partition: an endless job has no other end of time.
     */
    void passTime(String topic, Instant time) throws Exception {
        byte[] change =
                ("{\"meta\":{},\"type\":\"edit\",\"title\":\"P\",\"user\":\"U\",\"wiki\":\"enwiki\","
                                + "\"timestamp\":%d}")
                        .formatted(time.getEpochSecond())
                        .getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (TopicPartition partition : partitions(topic)) {
                producer.send(
                                new ProducerRecord<>(
                                        topic,
                                        partition.partition(),
                                        time.toEpochMilli(),
                                        null,
                                        change))
                        .get();
            }
        }
    }

    /** What rankings say, without when and how they came to say it. */
    static List<ExpectedRanking> answers(List<Ranking> rankings) {
        return rankings.stream().map(ExpectedRanking::of).toList();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
