package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
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
     * Creates or only looks for the topics, as the settings say.
     *
     * @return the size in bytes of the largest record that all of them accept
     * @throws OperationException if one is missing, or Kafka cannot be reached
     */
    static int prepare(KafkaSettings settings) throws InterruptedException {
        Map<String, Topic> topics = new LinkedHashMap<>();
        topics.put(settings.changesTopic(), Topic.CHANGES);
        topics.put(settings.cursorTopic(), Topic.CURSOR);
        topics.put(settings.deadLettersTopic(), Topic.DEAD_LETTERS);
        Properties client = new Properties();
        client.putAll(settings.clientProperties());
        client.setProperty("default.api.timeout.ms", Long.toString(ANSWER.toMillis()));
        client.setProperty("request.timeout.ms", Long.toString(ANSWER.toMillis()));
        try (Admin admin = Admin.create(client)) {
            Set<String> present = admin.listTopics().names().get();
            for (Map.Entry<String, Topic> topic : topics.entrySet()) {
                if (present.contains(topic.getKey())) {
                    continue;
                }
                if (!settings.createTopics()) {
                    throw new OperationException(
                            "the topic %s is missing; create it, or do without --no-create-topics"
                                    .formatted(topic.getKey()));
                }
                if (TopicCreation.createIfMissing(admin, topic.getValue(), topic.getKey())) {
                    LOG.info("Created the topic {}", topic.getKey());
                }
            }
            return maxRecordBytes(admin, topics.keySet(), client);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new OperationException(
                    "Kafka at --bootstrap-servers %s does not answer as needed (%s: %s); is it running, and may this user describe and create topics?"
                            .formatted(
                                    client.getProperty("bootstrap.servers"),
                                    cause.getClass().getSimpleName(),
                                    cause.getMessage()),
                    e);
        }
    }

    private static int maxRecordBytes(Admin admin, Set<String> topics, Properties client)
            throws InterruptedException, ExecutionException {
        List<ConfigResource> resources = new ArrayList<>();
        for (String topic : topics) {
            resources.add(new ConfigResource(ConfigResource.Type.TOPIC, topic));
        }
        String requestSize = client.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
        int smallest =
                requestSize == null ? DEFAULT_MAX_REQUEST_SIZE : Integer.parseInt(requestSize);
        for (Config config : describe(admin, resources)) {
            smallest =
                    Math.min(smallest, Integer.parseInt(config.get("max.message.bytes").value()));
        }
        return smallest;
    }

    /** Brokers may know a topic only some time after it was created. */
    private static Collection<Config> describe(Admin admin, List<ConfigResource> resources)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (true) {
            try {
                return admin.describeConfigs(resources).all().get().values();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(DESCRIBE_AGAIN_MILLIS);
            }
        }
    }
}
