package io.github.wikiflow.sandbox.kafka;

import java.time.Duration;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The contract, kept by the image that the compose file runs; skipped where there is no Docker. */
@Testcontainers(disabledWithoutDocker = true)
class DockerBrokerContractIT extends BrokerContract {

    @Container
    private static final KafkaContainer KAFKA =
            new KafkaContainer(System.getProperty("kafka.image"))
                    .withStartupTimeout(Duration.ofMinutes(5));

    @Override
    String bootstrapServers() {
        return KAFKA.getBootstrapServers();
    }
}
