package io.github.wikiflow.jobs;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/**
 * Makes sure that the topics of a job are there before it is submitted, so that processes can be
 * started in any order and an unreachable broker is one line instead of a job that restarts.
 */
public final class JobTopics {

    private static final String TIMEOUT_MILLIS = "15000";

    private JobTopics() {}

    /**
     * Creates what is missing.
     *
     * @param client how to reach the broker
     * @param names the name of each topic that the job reads or writes
     * @throws OperationException if the broker cannot be reached or refuses
     */
    public static void createIfMissing(Properties client, Map<Topic, String> names) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(properties)) {
            for (Map.Entry<Topic, String> topic : names.entrySet()) {
                TopicCreation.createIfMissing(admin, topic.getKey(), topic.getValue());
            }
        } catch (ExecutionException e) {
            throw failure(properties, e.getCause());
        } catch (KafkaException e) {
            throw failure(properties, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(properties, e);
        }
    }

    private static OperationException failure(Properties properties, Throwable cause) {
        Throwable reason = cause;
        while (reason.getCause() instanceof KafkaException) {
            reason = reason.getCause();
        }
        return new OperationException(
                "--bootstrap-servers: cannot find or create the job's topics at %s (%s); start Kafka, or name other brokers"
                        .formatted(
                                properties.getProperty("bootstrap.servers"), reason.getMessage()),
                cause);
    }
}
