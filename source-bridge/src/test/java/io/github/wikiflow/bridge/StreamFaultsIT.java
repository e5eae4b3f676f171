package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence;
import io.github.wikiflow.sandbox.stream.fault.FaultSequence.Step;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the stream does, the topic has every event once and the events of a page in order. */
class StreamFaultsIT {

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

    /** Each ends a connection or is reason enough for the bridge to end it. */
    private static final List<Fault> ENDINGS =
            List.of(
                    new Fault.Cut(Ending.CLOSED),
                    new Fault.Cut(Ending.RESET),
                    new Fault.HalfFrame(0.1, Ending.CLOSED),
                    new Fault.HalfFrame(0.9, Ending.RESET),
                    new Fault.Silence(Duration.ofSeconds(30)),
                    Fault.ErrorFrame.BROKER_AWAY);

    /** Each connection has all that it can have before it ends in one of the ways. */
    @Test
    void losesAndRepeatsNothingWhateverTheConnectionsSuffer() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            for (int round = 0; round < 2; round++) {
                for (Fault ending : ENDINGS) {
                    scenario.faults.onNextConnection(
                            new FaultSequence(
                                    List.of(
                                            new Step(120, Fault.Garbage.LINES),
                                            new Step(140, new Fault.Repeat(100)),
                                            new Step(260, new Fault.SplitData()),
                                            new Step(270, Fault.LineEnd.CR),
                                            new Step(280, Fault.LineEnd.CRLF),
                                            new Step(300, ending))));
                }
            }
            scenario.startBridge("--read-timeout=300ms");
            int connections = 2 * ENDINGS.size() + 1;
            for (int second = 0; scenario.stream.traffic().connections() < connections; second++) {
                scenario.append(200, second * 1_000);
                scenario.assertAllForwardedOnce();
                assertThat(second).as("seconds until all faults were there").isLessThan(100);
            }
            // What comes later still gets through.
            scenario.append(200, 1_000_000);
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("missing.events")).isZero();
            assertThat(scenario.count("repeats")).isPositive();
            assertThat(scenario.count("error.frames")).isEqualTo(2);
        }
    }

    @Test
    void triesAgainWhenItIsTurnedAway() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            for (int status : new int[] {403, 429, 500, 503}) {
                scenario.faults.refuseNext(3, status);
            }
            scenario.append(100, 0);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("connection.failures")).isEqualTo(12);
            assertThat(scenario.count("refused.positions")).isZero();
        }
    }

    @Test
    void resumesWithinAMillisecondThatManyEventsShare() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            for (int connection = 0; connection < 5; connection++) {
                scenario.faults.onNextConnection(
                        FaultSequence.after(3_000, new Fault.Cut(Ending.CLOSED)));
            }
            scenario.append(5_000, 0);
            scenario.append(2_000, 100);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
        }
    }

    @Test
    void goesOnByTimeWhenItsPositionIsRefused() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(100, 0);
            scenario.append(100, 60_000);
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            first.close();
            scenario.faults.refusePositions(1);
            scenario.append(100, 61_000);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("refused.positions")).isEqualTo(1);
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    /** A firewall's odd answers are no reason to lose anything. */
    @Test
    void triesAgainUntilItsPositionIsAcceptedAndSaysSo() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(100, 0);
            scenario.startBridge().close();
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            first.close();
            scenario.append(100, 1_000);
            scenario.faults.refuseNext(12, 400);
            Bridge second = scenario.startBridge();
            await("the reason")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !second.health().isHealthy());
            assertThat(second.health().reasons())
                    .containsExactly(
                            "the stream refuses the resume point, with 400; it is tried again, and"
                                    + " --skip-to latest would leave out what came since");
            scenario.assertAllForwardedOnce();
            assertThat(second.health().isHealthy()).isTrue();
            assertThat(scenario.count("refused.positions")).isEqualTo(12);
            assertThat(scenario.count("skips")).isZero();
        }
    }

    @Test
    void skipsToTheLatestOnlyWhenItIsToldToAndCountsTheGap() throws Exception {
        try (Scenario scenario = new Scenario(kafka.bootstrapServers(), Start.LATEST)) {
            scenario.append(100, 0);
            Bridge first = scenario.startBridge("--since=2023-11-14T22:13:20Z");
            assertThat(scenario.changes(100)).hasSize(100);
            first.close();
            scenario.append(50, 1_000);
            scenario.faults.refuseNext(2, 400);
            long connections = scenario.stream.traffic().connections();
            scenario.startBridge("--skip-to=latest");
            await("a connection")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> scenario.stream.traffic().connections() > connections);
            scenario.append(20, 2_000);
            List<String> ids = new ArrayList<>(scenario.events.ids());
            ids.subList(100, 150).clear();
            assertThat(Records.ids(scenario.changes(120))).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(scenario.count("skips")).isEqualTo(1);
            assertThat(scenario.count("missing.events")).isEqualTo(50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-365, 365})
    void doesNotMindAWrongClock(int days) throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            AtomicReference<Duration> error = new AtomicReference<>(Duration.ZERO);
            scenario.clock = () -> Instant.now().plus(error.get());
            long begun = System.currentTimeMillis();
            scenario.append(300, 0);
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            error.set(Duration.ofDays(days));
            assertThat(first.health().isHealthy()).isTrue();
            scenario.append(300, 10_000);
            scenario.assertAllForwardedOnce();
            first.close();
            scenario.append(300, 20_000);
            Bridge second = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            error.set(Duration.ofDays(-days));
            scenario.append(300, 30_000);
            scenario.assertAllForwardedOnce();
            assertThat(second.health().isHealthy()).isTrue();
            assertThat(scenario.count("missing.events")).isZero();
            // Of the second connection, which began two seconds before the first one's end.
            assertThat(scenario.count("repeats")).isLessThanOrEqualTo(300);
            assertThat(scenario.changes(1_200))
                    .extracting(ConsumerRecord::timestamp)
                    .allSatisfy(
                            time ->
                                    assertThat(time)
                                            .isBetween(
                                                    begun - 1_000,
                                                    System.currentTimeMillis() + 1_000));
        }
    }

    /**
     * The offsets that come are such as were settled before, and their timestamps are old at first;
     * the bridge that meets them knows by heart only the last of the events before.
     */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, 3_000, 8_500})
    void losesAndRepeatsNothingWhenTheSourceLogCountsAnew(long offset) throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            for (int second = 0; second < 20; second++) {
                scenario.append(400, second * 1_000);
            }
            Bridge first = scenario.startBridge("--commit-events=1000");
            scenario.assertAllForwardedOnce();
            first.close();
            scenario.log.countAnew(DataCentre.EQIAD, offset);
            scenario.append(400, 18_000);
            scenario.append(1, 21_000);
            scenario.append(400, 20_500);
            scenario.faults.onNextConnection(
                    FaultSequence.after(1_400, new Fault.Cut(Ending.CLOSED)));
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            scenario.append(400, 90_000);
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("restarted.logs")).isPositive();
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    @Test
    void countsExactlyWhatTheStreamLeftOut() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(100, 0);
            scenario.events.skip(DataCentre.EQIAD, 17);
            scenario.append(100, 1_000);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("missing.events")).isEqualTo(17);
        }
    }

    @Test
    void findsWhatCameFromTheOtherDataCentreWhileItWasDown() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(300, 0);
            Bridge first = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            first.close();
            scenario.append(50, 1_000);
            scenario.events.append(DataCentre.CODFW, 200, Scenario.TIME + 2_000);
            Bridge second = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            second.close();
            scenario.events.append(DataCentre.CODFW, 100, Scenario.TIME + 600_000);
            scenario.events.append(DataCentre.EQIAD, 100, Scenario.TIME + 900_000);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    @Test
    void takesNoticeOfCanariesAndForwardsNone() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(10, 0);
            scenario.events.appendCanary(DataCentre.EQIAD, Scenario.TIME + 1);
            scenario.events.appendCanary(DataCentre.CODFW, Scenario.TIME + 2);
            scenario.append(10, 3);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("canaries")).isEqualTo(2);
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    @Test
    void keepsEveryByteOfWhatIsNoEventOnce() throws Exception {
        byte[] notUtf8 = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        List<byte[]> data =
                List.of(
                        "<html>502 Bad Gateway</html>".getBytes(StandardCharsets.UTF_8),
                        "[1,2]".getBytes(StandardCharsets.UTF_8),
                        notUtf8,
                        "{} {}".getBytes(StandardCharsets.UTF_8));
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.faults.onNextConnection(FaultSequence.after(15, new Fault.Cut(Ending.CLOSED)));
            scenario.append(10, 0);
            for (int i = 0; i < data.size(); i++) {
                scenario.events.append(DataCentre.EQIAD, Scenario.TIME + i, data.get(i));
            }
            scenario.append(10, 100);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            List<ConsumerRecord<byte[], byte[]>> letters = scenario.deadLetters(data.size());
            assertThat(letters).extracting(ConsumerRecord::value).containsExactlyElementsOf(data);
            assertThat(header(letters.get(0), DeadLetterHeaders.REASON))
                    .isEqualTo("not JSON: syntax error at byte 0");
            assertThat(header(letters.get(0), DeadLetterHeaders.SOURCE_TOPIC))
                    .isEqualTo("recentchange");
            assertThat(header(letters.get(0), DeadLetterHeaders.SOURCE_POSITION))
                    .contains("\"timestamp\":" + (Scenario.TIME + 1));
            assertThat(scenario.count("dead.letters")).isEqualTo(data.size());
        }
    }

    @Test
    void survivesAFrameOfTenMegabytes() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.faults.onNextConnection(
                    FaultSequence.after(50, new Fault.OversizedMessage(10_000_000)));
            scenario.append(100, 0);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
            ConsumerRecord<byte[], byte[]> letter = scenario.deadLetters(1).get(0);
            assertThat(letter.value()).hasSize(65_536).startsWith('{', '"', 'c');
            assertThat(header(letter, DeadLetterHeaders.REASON))
                    .isEqualTo("larger than 1000000 bytes, of which the first 65536 are kept");
        }
    }

    @Test
    void beginsWithWhatComesNextUnlessToldOtherwise() throws Exception {
        try (Scenario scenario = new Scenario(kafka.bootstrapServers(), Start.LATEST)) {
            scenario.append(100, 0);
            Bridge bridge = scenario.startBridge();
            await("a connection")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> scenario.stream.traffic().connections() == 1);
            scenario.append(10, 10_000);
            assertThat(Records.ids(scenario.changesThrough(TestEvents.id(109))))
                    .containsExactlyInAnyOrderElementsOf(scenario.events.ids().subList(100, 110));
            bridge.close();
        }
    }

    @Test
    void beginsAtTheGivenTimeAndLaterAtItsOwn() throws Exception {
        try (Scenario scenario = new Scenario(kafka.bootstrapServers(), Start.LATEST)) {
            scenario.append(100, 0);
            scenario.append(100, 50_000);
            String since = "--since=2023-11-14T22:13:30Z";
            Bridge first = scenario.startBridge(since);
            assertThat(Records.ids(scenario.changesThrough(TestEvents.id(199))))
                    .containsExactlyInAnyOrderElementsOf(scenario.events.ids().subList(100, 200));
            first.close();
            scenario.append(100, 90_000);
            scenario.startBridge(since);
            assertThat(Records.ids(scenario.changesThrough(TestEvents.id(299))))
                    .containsExactlyInAnyOrderElementsOf(scenario.events.ids().subList(100, 300));
        }
    }

    @Test
    void stopsReadingAtOnceAlsoFromASilentStream() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(100, 0);
            Bridge bridge = scenario.startBridge("--read-timeout=10min");
            scenario.assertAllForwardedOnce();
            bridge.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("bridge-reader", "bridge-committer");
        }
    }

    @Test
    void saysThatTheGivenTimeIsRefused() throws Exception {
        try (Scenario scenario = new Scenario(kafka.bootstrapServers(), Start.LATEST)) {
            scenario.faults.refuseNext(1, 400);
            Bridge bridge = scenario.startBridge("--since=2023-11-14T22:13:30Z");
            assertThatThrownBy(() -> bridge.ended().get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining(
                            "does not accept --since 2023-11-14T22:13:30Z (it answers 400)");
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
