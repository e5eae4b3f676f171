package io.github.wikiflow.dashboard.status;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Counts the records that were ever committed to a topic by the end offsets of its partitions.
 * Transactions' own markers count too, so the number may be a little high. Not thread-safe.
 */
final class KafkaSource implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 2_000;

    private final Properties settings = new Properties();
    private final String lateTopic;
    private final String deadLettersTopic;

    /** Null until Kafka's address could be resolved. */
    private Admin admin;

    KafkaSource(Properties kafkaProperties, String lateTopic, String deadLettersTopic) {
        settings.putAll(kafkaProperties);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "wikiflow-dashboard-status");
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, DEADLINE_MILLIS);
        this.lateTopic = lateTopic;
        this.deadLettersTopic = deadLettersTopic;
    }

    KafkaStatus poll() throws InterruptedException {
        try {
            if (admin == null) {
                admin = Admin.create(settings);
            }
            return new KafkaStatus(
                    Health.HEALTHY,
                    "running",
                    "Kafka answers",
                    count(lateTopic),
                    count(deadLettersTopic));
        } catch (ExecutionException | KafkaException e) {
            return new KafkaStatus(
                    Health.UNHEALTHY,
                    "not reachable",
                    "Kafka does not answer at " + settings.get("bootstrap.servers"),
                    null,
                    null);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Null for a topic that does not exist. */
    private Long count(String topic) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
            for (TopicPartitionInfo partition : description.partitions()) {
                ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            throw e;
        }
        long records = 0;
        for (ListOffsetsResultInfo end :
                admin.listOffsets(ends, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get()
                        .values()) {
            records += end.offset();
        }
        return records;
    }
}
