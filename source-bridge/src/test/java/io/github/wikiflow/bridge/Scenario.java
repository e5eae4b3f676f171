package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.ScriptedFaults;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A stream with scripted faults, a log to fill, and bridges that carry it into topics of their own.
 * Without a position the stream begins with the log's first event.
 */
final class Scenario implements AutoCloseable {

    static final long TIME = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final InMemoryLog log;
    final TestEvents events;
    final ScriptedFaults faults = new ScriptedFaults();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final SimulatedEventStreams stream;

    /** By which bridges are started from now on. */
    InstantSource clock = InstantSource.system();

    private final String bootstrapServers;
    private final String name = "it-" + UUID.randomUUID();
    private final List<Bridge> bridges = new ArrayList<>();

    Scenario(EmbeddedKafka kafka) {
        this(kafka.bootstrapServers(), Start.BEGINNING);
    }

    Scenario(String bootstrapServers, Start start) {
        this(bootstrapServers, start, SourceKind.SIMULATED);
    }

    /** With a stream that says that it is of this kind. */
    Scenario(String bootstrapServers, Start start, SourceKind kind) {
        log = new InMemoryLog(kind, 1_000);
        events = new TestEvents(log);
        this.bootstrapServers = bootstrapServers;
        stream =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log).start(start).faults(faults).build());
    }

    /**
     * Starts one more bridge; all have the same id and topics.
     *
     * @param more arguments, which replace the usual ones
     */
    Bridge startBridge(String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(arguments());
        for (String argument : more) {
            String option = argument.substring(0, argument.indexOf('=') + 1);
            arguments.removeIf(usual -> !option.isEmpty() && usual.startsWith(option));
            arguments.add(argument);
        }
        Bridge bridge =
                Bridge.start(
                        BridgeOptions.settings(arguments.toArray(String[]::new)), registry, clock);
        bridges.add(bridge);
        return bridge;
    }

    List<String> arguments() {
        return List.of(
                "--stream-url=" + stream.uri().resolve("."),
                "--bootstrap-servers=" + bootstrapServers,
                "--bridge-id=" + name,
                "--topic=" + name,
                "--cursor-topic=" + name + "-cursor",
                "--dead-letters-topic=" + name + "-dead-letters",
                "--reconnect-delay=20ms",
                "--max-reconnect-delay=100ms",
                "--commit-interval=10ms");
    }

    /** Waits until every event has been forwarded; there must be no more, and in their order. */
    void assertAllForwardedOnce() {
        int expected = events.ids().size();
        List<ConsumerRecord<byte[], byte[]>> records =
                committed().read(name, PATIENCE, r -> r.size() >= expected);
        assertSame(Records.ids(records), events.ids());
        assertPageOrder(records);
    }

    /** Waits for so many dead letters; there must be no more. */
    List<ConsumerRecord<byte[], byte[]>> deadLetters(int count) {
        List<ConsumerRecord<byte[], byte[]>> records =
                committed().read(name + "-dead-letters", PATIENCE, r -> r.size() >= count);
        assertThat(records).hasSize(count);
        return records;
    }

    /** Waits for so many events; returns all that have been forwarded. */
    List<ConsumerRecord<byte[], byte[]>> changes(int count) {
        return committed().read(name, PATIENCE, r -> r.size() >= count);
    }

    /** All committed records of the topic of cursors. */
    List<ConsumerRecord<byte[], byte[]>> cursors() {
        return committed().read(name + "-cursor");
    }

    /** All that has been forwarded when the last event has. */
    List<ConsumerRecord<byte[], byte[]>> changesThrough(String lastId) {
        return committed().read(name, PATIENCE, r -> Records.ids(r).contains(lastId));
    }

    long count(String metric) {
        return (long)
                registry.get("wikiflow.bridge." + metric).functionCounters().stream()
                        .mapToDouble(FunctionCounter::count)
                        .sum();
    }

    private CommittedRecords committed() {
        return new CommittedRecords(bootstrapServers);
    }

    String topic() {
        return name;
    }

    TestEvents append(int count, long millisAfter) {
        return events.append(DataCentre.EQIAD, count, TIME + millisAfter);
    }

    @Override
    public void close() {
        bridges.forEach(Bridge::close);
        stream.close();
    }

    /** As AssertJ would, but not in the square of their number. */
    private static void assertSame(List<String> found, List<String> expected) {
        Set<String> once = new HashSet<>();
        assertThat(found.stream().filter(id -> !once.add(id))).as("forwarded twice").isEmpty();
        assertThat(expected.stream().filter(id -> !once.remove(id))).as("lost").isEmpty();
        assertThat(once).as("forwarded by mistake").isEmpty();
    }

    /** Of each page the events' numbers must rise, in one partition. */
    static void assertPageOrder(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode event = Records.json(record);
            String page = event.path("wiki").asText() + ":" + event.path("title").asText();
            int number = event.path("number").asInt();
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(page);
            assertThat(partitions.computeIfAbsent(page, p -> record.partition()))
                    .isEqualTo(record.partition());
            assertThat(number).isGreaterThan(last.getOrDefault(page, -1));
            last.put(page, number);
        }
    }
}
