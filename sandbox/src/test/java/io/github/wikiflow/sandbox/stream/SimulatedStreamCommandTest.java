package io.github.wikiflow.sandbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulatedStreamCommandTest {

    private static final Pattern FIRST_LINE = Pattern.compile("simulated stream at (\\S+)\n");

    @TempDir private Path folder;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void servesAReplayFromItsBeginningAndReportsTheTraffic() throws Exception {
        Path file = folder.resolve("events.ndjson");
        Files.writeString(file, "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
        CompletableFuture<Integer> exitCode =
                start(
                        Map.of("WIKIFLOW_REPLAY", file.toString()),
                        InstantSource.system(),
                        "--speed=max",
                        "--report-every=10ms");
        try (StreamReader reader = StreamReader.open(uri())) {
            assertThat(reader.read(3))
                    .extracting(Frame::data)
                    .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    out.toString()
                                            .contains(
                                                    "1 requests, 1 served, 1 open, 3 events sent\n"));
        }
        stop.countDown();
        assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void servesTheGeneratedEventsThatTheOptionsDescribe() throws Exception {
        Instant start = Instant.parse("2026-05-01T00:00:00Z");
        EventLog expected =
                new EventLog(
                        Workload.clean().toBuilder()
                                .seed(7)
                                .start(start)
                                .eventsPerSecond(100)
                                .share(EventKind.NOT_JSON, 0.5)
                                .build());
        CompletableFuture<Integer> exitCode =
                start(
                        Map.of(),
                        () -> start.plusSeconds(10),
                        "--seed=7",
                        "--start=" + start,
                        "--rate=100",
                        "--preset=clean",
                        "--share=not_json=0.5");
        try (StreamReader reader = StreamReader.open(URI.create(uri() + "?since=" + start))) {
            List<Frame> frames = reader.read(500);
            for (int i = 0; i < frames.size(); i++) {
                assertThat(frames.get(i).data())
                        .isEqualTo(new String(expected.event(i).json(), StandardCharsets.UTF_8));
            }
        }
        stop.countDown();
        assertThat(exitCode.get(30, TimeUnit.SECONDS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "--rate=0, --rate: cannot be 0.0; give more than 0 and at most 1000000",
        "--connections-per-address=0, --connections-per-address: cannot be 0; give 1 or more",
        "--fault-every=-1, --fault-every: cannot be -1; give 0 or more",
        "--cut-after=0s, --cut-after: cannot be PT0S; give more than no time",
        "--share=late=2, --share: LATE cannot be 2.0",
    })
    void saysWhatIsWrongWithAnOption(String argument, String message) {
        assertThat(commandLine(Map.of(), InstantSource.system()).execute(argument)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("wikiflow sandbox: " + message + "\n");
    }

    @ParameterizedTest
    @CsvSource({"0", "fast", "-1", "NaN", "Infinity"})
    void saysWhatASpeedIs(String speed) {
        assertThat(commandLine(Map.of(), InstantSource.system()).execute("--speed=" + speed))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'--speed'")
                .contains(
                        "'"
                                + speed
                                + "' is not a speed; write a positive number such as 10, or max");
    }

    @Test
    void saysThatTheFileIsMissing() {
        Path file = folder.resolve("none.ndjson");
        assertThat(commandLine(Map.of(), InstantSource.system()).execute("--replay=" + file))
                .isEqualTo(1);
        assertThat(err.toString()).contains(file.toString()).hasLineCount(1);
    }

    private CompletableFuture<Integer> start(
            Map<String, String> environment, InstantSource clock, String... arguments) {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--http-address=127.0.0.1:0";
        return CompletableFuture.supplyAsync(() -> commandLine(environment, clock).execute(all));
    }

    private CommandLine commandLine(Map<String, String> environment, InstantSource clock) {
        return CommandRunner.commandLine(new SimulatedStreamCommand(clock, stop), environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
    }

    private URI uri() throws InterruptedException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> FIRST_LINE.matcher(out.toString()).find());
        Matcher matcher = FIRST_LINE.matcher(out.toString());
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }
}
