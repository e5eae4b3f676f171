package io.github.wikiflow.events.kafka;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the contract where they are missing. */
public final class TopicCreation {

    private TopicCreation() {}

    /**
     * Creates one topic with the contract's settings and the broker's default replication; does
     * nothing when there is one of that name.
     *
     * @param name the topic's name, usually {@link Topic#defaultName()}
     * @return whether it was created
     * @throws ExecutionException with Kafka's reason when the broker refuses or cannot be reached
     */
    public static boolean createIfMissing(Admin admin, Topic topic, String name)
            throws InterruptedException, ExecutionException {
        NewTopic request =
                new NewTopic(name, Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings());
        try {
            admin.createTopics(List.of(request)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }
}
