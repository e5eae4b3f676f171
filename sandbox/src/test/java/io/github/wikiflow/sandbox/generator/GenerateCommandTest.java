package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {

    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @TempDir private Path folder;

    @Test
    void writesTheLogAsLines() throws Exception {
        Path file = folder.resolve("events.ndjson");
        int exitCode =
                run(
                        Map.of("WIKIFLOW_SEED", "7"),
                        "--count=1500",
                        "--preset=hostile",
                        "--start=2026-01-01T00:00:00Z",
                        "--output=" + file);

        assertThat(exitCode).isZero();
        Workload workload = Workload.hostile().toBuilder().seed(7).build();
        assertThat(Files.readAllBytes(file)).isEqualTo(lines(workload, 1_500));
        assertThat(output.size()).isZero();
        assertThat(errors.toString())
                .contains("1,500 events, %,d bytes".formatted(Files.size(file) - 1_500))
                .contains(
                        "%,d rows; dead letters: %d malformed, %d from the future"
                                .formatted(
                                        count(workload, GenerateCommandTest::isRow),
                                        count(workload, kind -> !kind.isChange()),
                                        count(workload, kind -> kind == EventKind.POISONED)));
    }

    @Test
    void endsTheLogNowUnlessToldWhenToStart() throws Exception {
        assertThat(run(Map.of(), "--count=400", "--events-per-second=4", "--preset=clean"))
                .isZero();

        assertThat(output.toByteArray())
                .isEqualTo(
                        lines(
                                Workload.builder()
                                        .start(NOW.minusSeconds(100))
                                        .eventsPerSecond(4)
                                        .build(),
                                400));
    }

    @Test
    void reportsOnLongWork() {
        assertThat(run(Map.of(), "--count=2000")).isZero();

        assertThat(errors.toString()).contains("1,000 of 2,000 events (50 %)");
    }

    @Test
    void namesTheOptionThatIsWrong() {
        assertThat(run(Map.of(), "--users=0")).isEqualTo(2);
        assertThat(run(Map.of(), "--events-per-second=NaN")).isEqualTo(2);
        assertThat(run(Map.of(), "--count=-1")).isEqualTo(2);
        assertThat(run(Map.of(), "--output=" + folder)).isEqualTo(1);

        assertThat(errors.toString().lines())
                .hasSize(4)
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .contains("--users: cannot be 0; give 1 to 16777216"),
                        line -> assertThat(line).contains("--events-per-second: cannot be NaN"),
                        line -> assertThat(line).contains("--count: cannot be -1; give 0 or more"),
                        line -> assertThat(line).contains("cannot write to " + folder));
    }

    private static boolean isRow(EventKind kind) {
        return kind.isChange() && kind != EventKind.POISONED;
    }

    private static long count(Workload workload, Predicate<EventKind> kinds) {
        long count = 0;
        for (GeneratedEvent event : new EventLog(workload).events(0, 1_500)) {
            count += kinds.test(event.kind()) ? 1 : 0;
        }
        return count;
    }

    private static byte[] lines(Workload workload, int count) throws Exception {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (GeneratedEvent event : new EventLog(workload).events(0, count)) {
            lines.write(event.json());
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    private int run(Map<String, String> environment, String... arguments) {
        long[] seconds = {0};
        CommandLine command =
                CommandRunner.commandLine(
                        new GenerateCommand(
                                Clock.fixed(NOW, ZoneOffset.UTC),
                                () -> 3_000_000_000L * seconds[0]++,
                                output),
                        environment);
        command.setErr(new PrintWriter(errors));
        return command.execute(arguments);
    }
}
