package io.github.wikiflow.sandbox.stream;

import static io.github.wikiflow.sandbox.stream.DataCentre.EQIAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultPlan;
import io.github.wikiflow.sandbox.stream.fault.FaultScript;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence.Step;
import io.github.wikiflow.sandbox.stream.fault.RandomFaults;
import io.github.wikiflow.sandbox.stream.fault.ScriptedFaults;
import java.io.IOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each fault does to a client that reads the bytes. */
class FaultsTest {

    private final ScriptedFaults faults = new ScriptedFaults();
    private SimulatedEventStreams server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void cutsAfterSoManyEvents() throws Exception {
        start(10);
        for (Ending ending : List.of(Ending.COMPLETE, Ending.CLOSED)) {
            faults.onNextConnection(FaultSequence.after(4, new Fault.Cut(ending)));
            try (StreamReader reader = StreamReader.open(server.uri())) {
                assertThat(reader.read(4))
                        .extracting(Frame::data)
                        .containsExactlyElementsOf(data(0, 4));
                if (ending == Ending.COMPLETE) {
                    assertThat(reader.read()).isNull();
                } else {
                    assertThatThrownBy(reader::read).isInstanceOf(IOException.class);
                }
            }
        }
        assertThat(server.traffic().exchanges())
                .extracting(Exchange::eventsSent)
                .containsExactly(4L, 4L);
    }

    @Test
    void resetsTheConnection() throws Exception {
        start(10);
        faults.onNextConnection(FaultSequence.after(0, new Fault.Cut(Ending.RESET)));
        assertThatThrownBy(() -> StreamReader.open(server.uri()).read())
                .isInstanceOf(SocketException.class);
    }

    @Test
    void leavesAFrameHalfWrittenWhichDoesNotCountAsSent() throws Exception {
        start(1);
        faults.onNextConnection(FaultSequence.after(0, new Fault.HalfFrame(0.9, Ending.COMPLETE)));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.text())
                    .startsWith(":ok\n\nevent: message\nid: [")
                    .doesNotEndWith("\n\n");
        }
        Exchange exchange = server.traffic().exchanges().get(0);
        assertThat(exchange.eventsSent()).isZero();
        assertThat(server.awaitDrained(Duration.ZERO)).isFalse();
    }

    @Test
    void isSilentWithoutEnding() throws Exception {
        start(2);
        faults.onNextConnection(FaultSequence.after(1, new Fault.Silence(Duration.ofDays(1))));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("{\"event\":0}");
            assertThat(server.traffic().exchanges().get(0).isOpen()).isTrue();
        }
        // The server notices that the client has gone although it has nothing to say.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !server.traffic().exchanges().get(0).isOpen());
        assertThat(server.traffic().eventsSent()).isEqualTo(1);
    }

    @Test
    void putsForeignThingsBetweenFrames() throws Exception {
        start(2);
        faults.onNextConnection(
                new FaultSequence(
                        List.of(
                                new Step(0, new Fault.Garbage("nonsense\n\n")),
                                new Step(1, Fault.ErrorFrame.BROKER_AWAY),
                                new Step(1, Fault.ForeignData.NOT_JSON),
                                new Step(2, new Fault.OversizedMessage(10_000_000)))));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            List<Frame> frames = reader.read(5);
            assertThat(frames)
                    .extracting(Frame::event)
                    .containsExactly("message", "error", "message", "message", "message");
            assertThat(frames.subList(0, 4))
                    .extracting(Frame::data)
                    .containsExactly(
                            "{\"event\":0}",
                            "{\"message\":\"broker transport failure\",\"origin\":\"KafkaSSE\"}",
                            "{\"title\":\"cut off",
                            "{\"event\":1}");
            assertThat(frames.get(4).data())
                    .hasSize(10_000_000)
                    .startsWith("{\"comment\":\"xxx")
                    .endsWith("xxx\"}");
            assertThat(frames.get(2).id())
                    .isEqualTo(frames.get(0).id())
                    .isNotEqualTo(frames.get(3).id());
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !server.traffic().exchanges().get(0).isOpen());
        assertThat(server.traffic().eventsSent()).isEqualTo(2);
    }

    @Test
    void sendsGarbageAsItIs() throws Exception {
        start(1);
        faults.onNextConnection(
                new FaultSequence(
                        List.of(
                                new Step(0, new Fault.Garbage("nonsense\n\n")),
                                new Step(0, new Fault.Cut(Ending.COMPLETE)))));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.text()).isEqualTo(":ok\n\nnonsense\n\n");
        }
    }

    @Test
    void repeatsEventsWithTheirOwnPositions() throws Exception {
        start(4);
        faults.onNextConnection(FaultSequence.after(3, new Fault.Repeat(2)));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            List<Frame> frames = reader.read(6);
            assertThat(frames)
                    .extracting(Frame::data)
                    .containsExactly(
                            "{\"event\":0}",
                            "{\"event\":1}",
                            "{\"event\":2}",
                            "{\"event\":1}",
                            "{\"event\":2}",
                            "{\"event\":3}");
            assertThat(frames.get(3)).isEqualTo(frames.get(1));
            assertThat(frames.get(4)).isEqualTo(frames.get(2));
        }
    }

    @Test
    void writesOneEventInTwoLinesOfData() throws Exception {
        start(2);
        faults.onNextConnection(FaultSequence.after(0, new Fault.SplitData()));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.read(2))
                    .extracting(Frame::data)
                    .containsExactly("{\n\"event\":0}", "{\"event\":1}");
        }
    }

    @Test
    void endsLinesInTheOtherWays() throws Exception {
        start(3);
        faults.onNextConnection(
                new FaultSequence(
                        List.of(
                                new Step(0, Fault.LineEnd.CRLF),
                                new Step(1, Fault.LineEnd.CR),
                                new Step(2, new Fault.Cut(Ending.COMPLETE)))));
        try (StreamReader reader = StreamReader.open(server.uri())) {
            String id =
                    "id: [{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0,\"timestamp\":%d},";
            String idle =
                    "{\"topic\":\"codfw.mediawiki.recentchange\",\"partition\":0,\"offset\":-1}]";
            assertThat(reader.text())
                    .isEqualTo(
                            ":ok\n\nevent: message\r\n"
                                    + id.formatted(1_001)
                                    + idle
                                    + "\r\ndata: {\"event\":0}\r\n\r\nevent: message\r"
                                    + id.formatted(1_002)
                                    + idle
                                    + "\rdata: {\"event\":1}\r\r");
        }
    }

    @Test
    void refusesTheNextRequests() throws Exception {
        start(1);
        faults.refuseNext(2, 503).refuseNext(1, 429).refusePositions(1);
        List<Integer> statuses = new ArrayList<>();
        String position =
                "[{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0,\"offset\":0}]";
        for (int i = 0; i < 3; i++) {
            statuses.add(status());
        }
        statuses.add(status());
        statuses.add(status("Last-Event-ID", position));
        statuses.add(status("Last-Event-ID", position));
        assertThat(statuses).containsExactly(503, 503, 429, 200, 400, 200);
        assertThat(server.traffic().exchanges())
                .extracting(Exchange::status)
                .containsExactlyElementsOf(statuses);
        assertThat(server.traffic().connections()).isEqualTo(2);
    }

    @Test
    void aPatientClientGetsEveryEventThroughRandomFaults() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            int events = 3_000;
            start(events, new RandomFaults(seed, 200));
            Set<String> received = new LinkedHashSet<>();
            String lastEventId = null;
            while (received.size() < events) {
                URI uri = server.uri();
                try (StreamReader reader =
                        lastEventId == null
                                ? StreamReader.open(uri)
                                : StreamReader.open(uri, "Last-Event-ID", lastEventId)) {
                    Frame frame;
                    while (received.size() < events
                            && reader.status() == 200
                            && (frame = reader.read()) != null) {
                        String json = frame.data().replace("\n", "");
                        if (json.startsWith("{\"event\":")) {
                            received.add(json);
                            lastEventId = frame.id();
                        }
                    }
                } catch (IOException e) {
                    assertThat(e).as("seed %d", seed).hasMessageNotContaining("refused");
                }
            }
            assertThat(received).as("seed %d", seed).containsExactlyElementsOf(data(0, events));
            server.close();
        }
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
    }

    private static List<String> faults(long seed) {
        RandomFaults plan = new RandomFaults(seed, 10);
        List<String> result = new ArrayList<>();
        for (int connection = 0; connection < 10; connection++) {
            result.add(String.valueOf(plan.refusal(null)));
            FaultScript script = plan.script();
            for (long sent = 0; sent < 200; sent++) {
                Fault fault = script.due(sent);
                if (fault != null) {
                    result.add(sent + " " + fault);
                }
            }
        }
        return result;
    }

    private void start(int events) {
        start(events, faults);
    }

    private void start(int events, FaultPlan plan) {
        InMemoryLog log = new InMemoryLog();
        for (String json : data(0, events)) {
            log.append(EQIAD, 1_000 + log.size(), json.getBytes(StandardCharsets.UTF_8));
        }
        server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log)
                                .start(Start.BEGINNING)
                                .faults(plan)
                                .build());
    }

    private static List<String> data(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "{\"event\":" + i + "}").toList();
    }

    private int status(String... headers) throws Exception {
        try (StreamReader reader = StreamReader.open(server.uri(), headers)) {
            return reader.status();
        }
    }
}
