package io.github.wikiflow.benchmarks;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** A topic full of generated events, for jobs that drain it. */
public final class GeneratedTopic {

    private GeneratedTopic() {}

    /**
     * Creates the topic and fills it.
     *
     * @param name of the topic, which must not exist
     * @param partitions how many it has
     * @param workload what the events are like
     * @param events how many
     * @param landed takes each event as the broker has it
     * @param written the topics that the jobs write, created where they are missing
     */
    public static void create(
            String bootstrapServers,
            String name,
            int partitions,
            Workload workload,
            long events,
            Consumer<LandedEvent> landed,
            Topic... written)
            throws InterruptedException, ExecutionException {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrapServers);
        LastingTopic.create(client, name, partitions);
        try (Admin admin = Admin.create(client)) {
            for (Topic topic : written) {
                TopicCreation.createIfMissing(admin, topic, topic.defaultName());
            }
        }
        try (TopicLoader loader = new TopicLoader(client, name)) {
            loader.load(new EventLog(workload).events(0, events), landed);
        }
    }
}
