package io.github.wikiflow.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Both measurements of the live pipeline at their smallest, for correctness only: they come to an
 * end, have a figure for everything, and the lake has every change once.
 */
class LiveIT {

    private static final String SHORT_TIMES =
            "--flink-options=execution.checkpointing.interval=1s,execution.checkpointing.min-pause=100ms,"
                    + "heartbeat.interval=500ms,heartbeat.timeout=10s";

    @Test
    void freshnessHasAFigureForEveryPlace() {
        List<String> rows =
                run(
                        new FreshnessCommand(),
                        "--rate=50",
                        "--capacity-share=0",
                        "--duration=2s",
                        "--file-interval=1s",
                        SHORT_TIMES);

        for (String place :
                List.of("ranking record", "client of the dashboard", "file in the lake")) {
            assertThat(rows)
                    .anySatisfy(
                            row ->
                                    assertThat(row)
                                            .matches(
                                                    "\\| 50 \\| %s \\| \\d+( \\| \\d+\\.\\d\\d){3} \\|"
                                                            .formatted(place)));
        }
    }

    @Test
    void recoveryHasATimeForEveryKill() {
        List<String> rows =
                run(
                        new RecoveryCommand(),
                        "--kills=1",
                        "--rate=50",
                        "--pause=2s",
                        "--file-interval=1s",
                        SHORT_TIMES);

        for (String name : List.of("1", "median", "max")) {
            assertThat(rows)
                    .anySatisfy(
                            row -> assertThat(row).matches(name + " +\\d+\\.\\d s +\\d+\\.\\d s"));
        }
        assertThat(rows).anySatisfy(row -> assertThat(row).endsWith("are in the lake, each once."));
    }

    private static List<String> run(Callable<Integer> command, String... arguments) {
        StringWriter said = new StringWriter();
        int exitCode =
                CommandRunner.commandLine(command, Map.of())
                        .setOut(new PrintWriter(said))
                        .setErr(new PrintWriter(said))
                        .execute(arguments);
        assertThat(exitCode).as(said.toString()).isZero();
        return said.toString().lines().toList();
    }
}
