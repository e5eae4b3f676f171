package io.github.wikiflow.sandbox.kafka;

import io.github.wikiflow.events.kafka.TopicCreation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A topic that keeps its records, however old their times say they are: generated events are of a
 * fixed day, which the contract's retention would soon delete.
 */
public final class LastingTopic {

    private static final Map<String, String> SETTINGS = Map.of("retention.ms", "-1");

    private LastingTopic() {}

    /**
     * Creates it; returns when it takes records.
     *
     * @param client how to reach the broker: {@code bootstrap.servers}, and more where it asks for
     *     more
     * @throws ExecutionException with Kafka's reason if there is one of that name, or none can be
     *     made
     */
    public static void create(Properties client, String name, int partitions)
            throws InterruptedException, ExecutionException {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
        try (Admin admin = Admin.create(client)) {
            admin.createTopics(List.of(topic.configs(SETTINGS))).all().get();
            TopicCreation.awaitLeaders(admin, name, partitions);
        }
    }

    /** Deletes a topic and creates it anew, as {@link #create} does. */
    public static void recreate(Properties client, String name, int partitions)
            throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(client)) {
            admin.deleteTopics(List.of(name)).all().get();
        }
        create(client, name, partitions);
    }
}
