package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.ReplayLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence;
import io.github.wikiflow.sandbox.stream.fault.ScriptedFaults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recording is carried line for line, whatever its lines say of their order and identity. */
class ReplayIT {

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    private final Path file = folder.resolve(UUID.randomUUID() + ".ndjson");
    private final ScriptedFaults faults = new ScriptedFaults();

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** Two recordings in one file, the older one last; then some lines again, the newest first. */
    @ParameterizedTest
    @ValueSource(doubles = {ReplayLog.AT_ONCE, 1_000})
    void carriesEveryLineOnce(double speed) throws Exception {
        List<String> lines = new ArrayList<>(recording(5_000_000_000L, 26, 2_000));
        lines.addAll(recording(4_999_999_000L, 25, 2_000));
        List<String> again = new ArrayList<>(lines.subList(1_500, 2_500));
        Collections.reverse(again);
        lines.addAll(again);
        write(lines);
        for (int connection = 0; connection < 4; connection++) {
            faults.onNextConnection(FaultSequence.after(400, new Fault.Repeat(300)));
            faults.onNextConnection(FaultSequence.after(700, new Fault.Cut(Ending.CLOSED)));
        }
        try (ReplayLog log = ReplayLog.open(file, Instant.now(), speed, InstantSource.system());
                SimulatedEventStreams server = serve(log);
                Scenario scenario = scenario()) {
            String url = "--stream-url=" + server.uri().resolve(".");
            for (int restart = 1; restart <= 3; restart++) {
                Bridge bridge = scenario.startBridge(url);
                assertThat(scenario.changes(1_000 * restart)).hasSizeGreaterThan(999 * restart);
                bridge.close();
            }
            scenario.startBridge(url);
            List<ConsumerRecord<byte[], byte[]>> changes = scenario.changes(lines.size());
            assertThat(changes)
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .containsExactlyInAnyOrderElementsOf(lines);
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    @Test
    void endsWithOneLineWhenTheFileIsAnother() throws Exception {
        write(recording(1_000, 26, 100));
        try (Scenario scenario = scenario()) {
            try (ReplayLog log = open();
                    SimulatedEventStreams server = serve(log);
                    Bridge bridge =
                            scenario.startBridge("--stream-url=" + server.uri().resolve("."))) {
                assertThat(scenario.changes(100)).hasSize(100);
                assertThat(bridge.health().isHealthy()).isTrue();
            }
            write(recording(1_000, 26, 200));
            try (ReplayLog log = open();
                    SimulatedEventStreams server = serve(log);
                    Bridge bridge =
                            scenario.startBridge("--stream-url=" + server.uri().resolve("."))) {
                assertThatThrownBy(() -> bridge.ended().get(30, TimeUnit.SECONDS))
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(OperationException.class)
                        .hasMessage(
                                "the stream replays another file than the one that the events in"
                                        + " %s are of; give it topics of its own by --topic,"
                                        + " --cursor-topic and --dead-letters-topic",
                                scenario.topic());
                assertThat(scenario.changes(100)).hasSize(100);
            }
        }
    }

    private ReplayLog open() {
        return ReplayLog.open(file, Instant.now(), ReplayLog.AT_ONCE, InstantSource.system());
    }

    private SimulatedEventStreams serve(ReplayLog log) {
        return SimulatedEventStreams.start(
                SimulatedStreamSettings.builder(log).start(Start.BEGINNING).faults(faults).build());
    }

    private static Scenario scenario() {
        return new Scenario(kafka.bootstrapServers(), Start.BEGINNING);
    }

    private void write(List<String> lines) throws IOException {
        Files.write(file, lines);
    }

    /** Events of a day of April 2024, two a second, with ids of their own. */
    private static List<String> recording(long firstOffset, int day, int events) {
        List<String> lines = new ArrayList<>();
        for (int n = 0; n < events; n++) {
            lines.add(
                    """
                    {"meta":{"id":"%s","dt":"2024-04-%dT00:%02d:%02dZ","topic":"eqiad.mediawiki.recentchange",\
                    "partition":0,"offset":%d},"title":"Page %d","wiki":"testwiki"}"""
                            .formatted(
                                    new UUID(firstOffset, n),
                                    day,
                                    n / 120,
                                    n / 2 % 60,
                                    firstOffset + n,
                                    n % 7));
        }
        return lines;
    }
}
