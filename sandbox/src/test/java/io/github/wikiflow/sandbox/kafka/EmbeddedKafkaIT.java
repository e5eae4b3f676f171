package io.github.wikiflow.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir private Path folder;

    @Test
    void keepsItsTopicsOverARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                Admin admin = admin(kafka)) {
            for (Topic topic : Topic.values()) {
                assertThat(TopicCreation.createIfMissing(admin, topic, topic.defaultName()))
                        .isTrue();
            }
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                Admin admin = admin(kafka)) {
            assertThat(admin.listTopics().names().get())
                    .containsExactlyInAnyOrder(
                            "wiki-changes",
                            "wiki-changes-cursor",
                            "wiki-changes-dead-letters",
                            "wiki-changes-late",
                            "wiki-rankings");
            assertThat(
                            TopicCreation.createIfMissing(
                                    admin, Topic.CHANGES, Topic.CHANGES.defaultName()))
                    .isFalse();
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "port %d on 127.0.0.1 is taken; free it or choose another for Kafka"
                                    .formatted(port));
        }
    }

    private static Admin admin(EmbeddedKafka kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }
}
