package io.github.wikiflow.dashboard.status;

import io.github.wikiflow.events.kafka.MissingRight;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

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
    private @Nullable Admin admin;

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
            Admin client = admin == null ? Admin.create(settings) : admin;
            admin = client;
            return new KafkaStatus(
                    Health.HEALTHY,
                    "running",
                    "Kafka answers",
                    count(client, lateTopic),
                    count(client, deadLettersTopic));
        } catch (NotAllowed e) {
            return unhealthy("not allowed", String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            return unhealthy(e.getCause());
        } catch (KafkaException e) {
            return unhealthy(e);
        }
    }

    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    private KafkaStatus unhealthy(@Nullable Throwable failure) {
        String broker = settings.getProperty("bootstrap.servers");
        return failure instanceof AuthenticationException
                ? unhealthy(
                        "not allowed",
                        "Kafka at %s refuses the login (%s); correct it in --kafka-properties"
                                .formatted(broker, failure.getMessage()))
                : unhealthy("not reachable", "Kafka does not answer at " + broker);
    }

    private static KafkaStatus unhealthy(String word, String detail) {
        return new KafkaStatus(Health.UNHEALTHY, word, detail, null, null);
    }

    /** Null for a topic that does not exist. */
    private @Nullable Long count(Admin admin, String topic)
            throws InterruptedException, ExecutionException, NotAllowed {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        try {
            TopicDescription description =
                    Objects.requireNonNull(
                            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic));
            for (TopicPartitionInfo partition : description.partitions()) {
                ends.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return null;
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new NotAllowed(
                        MissingRight.line(
                                settings.getProperty("bootstrap.servers"),
                                List.of(AclOperation.DESCRIBE),
                                ResourceType.TOPIC,
                                topic));
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

    /** Kafka answers, but not to this user. */
    private static final class NotAllowed extends Exception {
        private static final long serialVersionUID = 1L;

        private NotAllowed(String message) {
            super(message);
        }
    }
}
