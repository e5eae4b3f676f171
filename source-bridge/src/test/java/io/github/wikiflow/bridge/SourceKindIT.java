package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A set of topics holds events of one kind of source, and says which. */
class SourceKindIT {

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

    @ParameterizedTest
    @EnumSource(names = {"LIVE", "SIMULATED"})
    void isSaidByRecordsMetricsAndStatistics(SourceKind kind) throws Exception {
        try (Scenario scenario = scenario(kind)) {
            scenario.append(20, 0);
            Bridge bridge = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.changesThrough(TestEvents.id(19)))
                    .extracting(SourceKindIT::kind)
                    .containsOnly(kind == SourceKind.LIVE ? null : kind.label());
            List<ConsumerRecord<byte[], byte[]>> cursors = scenario.cursors();
            assertThat(kind(cursors.get(cursors.size() - 1))).isEqualTo(kind.label());
            assertThat(bridge.statistics().source()).isEqualTo(kind);
            for (SourceKind any : SourceKind.values()) {
                assertThat(
                                scenario.registry
                                        .get("wikiflow.bridge.source")
                                        .tag("kind", any.label())
                                        .gauge()
                                        .value())
                        .isEqualTo(any == kind ? 1 : 0);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIVE", "SIMULATED"})
    void cannotBeMixed(SourceKind kind) throws Exception {
        SourceKind other = kind == SourceKind.LIVE ? SourceKind.SIMULATED : SourceKind.LIVE;
        try (Scenario scenario = scenario(kind);
                Scenario foreign = scenario(other)) {
            scenario.append(20, 0);
            foreign.append(20, 0);
            scenario.startBridge().close();
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            first.close();
            String url = "--stream-url=" + foreign.stream.uri().resolve(".");
            Bridge second = scenario.startBridge(url);
            assertThatThrownBy(() -> second.ended().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "the stream is %s, but the events in %s are %s; give it topics of its"
                                    + " own by --topic, --cursor-topic and --dead-letters-topic",
                            other.label(), scenario.topic(), kind.label());
            scenario.assertAllForwardedOnce();
        }
    }

    /** So that a wrong server is not asked again and again while its answers are refusals. */
    @Test
    void isAskedForAlsoWhereThePositionIsRefused() throws Exception {
        try (Scenario scenario = scenario(SourceKind.LIVE);
                Scenario foreign = scenario(SourceKind.SIMULATED)) {
            scenario.append(20, 0);
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            first.close();
            foreign.faults.refuseNext(1_000, 400);
            Bridge second =
                    scenario.startBridge("--stream-url=" + foreign.stream.uri().resolve("."));
            await("the refusal")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> second.ended().isCompletedExceptionally());
        }
    }

    private static Scenario scenario(SourceKind kind) {
        return new Scenario(kafka.bootstrapServers(), Start.BEGINNING, kind);
    }

    /** What a record says of the kind of its source; null if nothing. */
    private static String kind(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(SourceKind.RECORD_HEADER);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
