package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka with the topics of the contract, and an empty Flink cluster, both in this JVM and on one
 * data folder.
 */
final class LocalCluster implements AutoCloseable {

    private final DataFolder data;
    private final EmbeddedKafka kafka;
    private final LocalFlink flink;

    private LocalCluster(DataFolder data, EmbeddedKafka kafka, LocalFlink flink) {
        this.data = data;
        this.kafka = kafka;
        this.flink = flink;
    }

    /**
     * Starts both.
     *
     * @param data where they keep their data; closed with the cluster, and also if it does not
     *     start
     * @param configuration the folder of Flink's {@code config.yaml}
     * @throws OperationException if a port is taken
     */
    static LocalCluster start(DataFolder data, ClusterOptions options, Path configuration) {
        // Both at once: each waits for threads and sockets of its own.
        CompletableFuture<LocalFlink> flink =
                CompletableFuture.supplyAsync(
                        () -> LocalFlink.start(configuration, data, options.flinkPort()));
        EmbeddedKafka kafka = null;
        try {
            kafka = EmbeddedKafka.start(data.kafka(), options.kafkaPort());
            createTopics(kafka);
            return new LocalCluster(data, kafka, started(flink));
        } catch (RuntimeException e) {
            closeIfStarted(flink, e);
            if (kafka != null) {
                kafka.close();
            }
            data.close();
            throw e;
        }
    }

    private static LocalFlink started(CompletableFuture<LocalFlink> flink) {
        try {
            return flink.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static void closeIfStarted(
            CompletableFuture<LocalFlink> starting, RuntimeException reason) {
        LocalFlink flink = starting.handle((started, failure) -> started).join();
        if (flink != null) {
            try {
                flink.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    DataFolder data() {
        return data;
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    LocalFlink flink() {
        return flink;
    }

    @Override
    public void close() throws IOException {
        try {
            flink.close();
        } finally {
            kafka.close();
            data.close();
        }
    }

    private static void createTopics(EmbeddedKafka kafka) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            for (Topic topic : Topic.values()) {
                TopicCreation.createIfMissing(admin, topic, topic.defaultName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted while creating the topics", e);
        } catch (ExecutionException e) {
            throw new OperationException("cannot create the topics: " + e.getCause(), e);
        }
    }
}
