package io.github.wikiflow.dashboard;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes rankings to the topic, as the rankings job does. */
public final class RankingsTopic implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    /** The topic of the default name. */
    public RankingsTopic(String bootstrapServers) throws ExecutionException, InterruptedException {
        this(bootstrapServers, Topic.RANKINGS.defaultName());
    }

    /** Creates the topic where it is missing. */
    public RankingsTopic(String bootstrapServers, String topic)
            throws ExecutionException, InterruptedException {
        this.topic = topic;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicCreation.createIfMissing(admin, Topic.RANKINGS, topic);
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Returns when the broker has all of them. */
    public void write(Ranking... rankings) {
        for (Ranking ranking : rankings) {
            writeBytes(ranking.key(), RankingJson.write(ranking));
        }
        producer.flush();
    }

    /** As {@link #write}, for a value that need not be a ranking. */
    public void writeBytes(String key, byte[] value) {
        producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }
}
