package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeIT {

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void forwardsEveryEventOnce() throws Exception {
        InMemoryLog log = new InMemoryLog();
        TestEvents events = new TestEvents(log).append(DataCentre.EQIAD, 5000, 1_700_000_000_000L);
        try (SimulatedEventStreams stream =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log)
                                .start(SimulatedStreamSettings.Start.BEGINNING)
                                .build())) {
            for (int run = 0; run < 3; run++) {
                try (Bridge bridge =
                        Bridge.start(
                                BridgeOptions.settings(
                                        "--stream-url=" + stream.uri().resolve("."),
                                        "--reconnect-delay=10ms",
                                        "--bootstrap-servers=" + kafka.bootstrapServers()),
                                new SimpleMeterRegistry())) {
                    List<ConsumerRecord<byte[], byte[]>> records =
                            new Topics(kafka.bootstrapServers())
                                    .read(
                                            "wiki-changes",
                                            Duration.ofSeconds(20),
                                            r -> r.size() >= events.ids().size());
                    assertThat(bridge.ended()).isNotDone();
                    assertThat(Topics.ids(records))
                            .containsExactlyInAnyOrderElementsOf(events.ids());
                }
                events.append(DataCentre.EQIAD, 500, 1_700_000_000_000L + run * 100);
                events.append(DataCentre.CODFW, 500, 1_700_000_000_000L + run * 1000);
            }
        }
    }
}
