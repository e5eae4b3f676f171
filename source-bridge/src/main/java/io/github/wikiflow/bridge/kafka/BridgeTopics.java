package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.events.kafka.KafkaNeeds;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topics that the bridge writes: they must be there, with the contract's settings. */
final class BridgeTopics {

    private static final Logger LOG = LoggerFactory.getLogger(BridgeTopics.class);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final long DESCRIBE_AGAIN_MILLIS = 50;
    private static final int DEFAULT_MAX_REQUEST_SIZE = 1_048_576;

    private BridgeTopics() {}

    /**
     * Creates or only looks for the topics, as the settings say, and makes sure that the bridge may
     * use them.
     *
     * @return the size in bytes of the largest record that all of them accept
     * @throws OperationException if a topic or a right is missing, or Kafka cannot be reached
     */
    static int prepare(KafkaSettings settings) throws InterruptedException {
        new KafkaNeeds(settings.createTopics())
                .topic(
                        Topic.CHANGES,
                        settings.changesTopic(),
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE_CONFIGS)
                .topic(
                        Topic.CURSOR,
                        settings.cursorTopic(),
                        AclOperation.READ,
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE_CONFIGS)
                .topic(
                        Topic.DEAD_LETTERS,
                        settings.deadLettersTopic(),
                        AclOperation.WRITE,
                        AclOperation.DESCRIBE_CONFIGS)
                .transactionalId(settings.bridgeId())
                .meet(settings.clientProperties());
        Properties client = new Properties();
        client.putAll(settings.clientProperties());
        client.setProperty("default.api.timeout.ms", Long.toString(ANSWER.toMillis()));
        client.setProperty("request.timeout.ms", Long.toString(ANSWER.toMillis()));
        try (Admin admin = Admin.create(client)) {
            Map<String, Topic> topics =
                    Map.of(
                            settings.changesTopic(),
                            Topic.CHANGES,
                            settings.cursorTopic(),
                            Topic.CURSOR,
                            settings.deadLettersTopic(),
                            Topic.DEAD_LETTERS);
            Map<String, Config> found = describe(admin, topics.keySet());
            topics.forEach(
                    (name, topic) ->
                            check(name, topic, Objects.requireNonNull(found.get(name), name)));
            return maxRecordBytes(found.values(), client);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new OperationException(
                    "Kafka at --bootstrap-servers %s does not tell the settings of its topics (%s); is it running?"
                            .formatted(client.getProperty("bootstrap.servers"), cause.getMessage()),
                    e);
        }
    }

    private static void check(String name, Topic topic, Config found) {
        String policy = found.get(Topic.CLEANUP_POLICY).value();
        String wanted = topic.policyInsteadOf(policy);
        if (wanted != null) {
            throw new OperationException(
                    "the topic %s has %s=%s, by which Kafka would remove what is still needed; set it to %s: kafka-configs.sh --alter --topic %s --add-config %s=[%s]"
                            .formatted(
                                    name,
                                    Topic.CLEANUP_POLICY,
                                    policy,
                                    wanted,
                                    name,
                                    Topic.CLEANUP_POLICY,
                                    wanted));
        }
        topic.settings()
                .forEach(
                        (setting, value) -> {
                            String there = found.get(setting).value();
                            if (!setting.equals(Topic.CLEANUP_POLICY) && !there.equals(value)) {
                                LOG.warn(
                                        "The topic {} has {}={}, and not {} as the bridge creates it",
                                        name,
                                        setting,
                                        there,
                                        value);
                            }
                        });
    }

    private static int maxRecordBytes(Collection<Config> topics, Properties client) {
        String requestSize = client.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        int smallest =
                requestSize == null ? DEFAULT_MAX_REQUEST_SIZE : Integer.parseInt(requestSize);
        for (Config topic : topics) {
            smallest = Math.min(smallest, Integer.parseInt(topic.get("max.message.bytes").value()));
        }
        return smallest;
    }

    /** Brokers may know a topic only some time after it was created. */
    private static Map<String, Config> describe(Admin admin, Collection<String> topics)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = new ArrayList<>();
        for (String topic : topics) {
            resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        }
        long begun = System.nanoTime();
        while (true) {
            try {
                Map<String, Config> found = new HashMap<>();
                admin.describeConfigs(resources)
                        .all()
                        .get()
                        .forEach((resource, config) -> found.put(resource.name(), config));
                return found;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() - begun > ANSWER.toNanos()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(DESCRIBE_AGAIN_MILLIS);
            }
        }
    }
}
