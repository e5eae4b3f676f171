package io.github.wikiflow.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Both measurements at their smallest, of one live pipeline, for correctness only: they come to an
 * end, have a figure for everything, and the lake has every change once.
 */
class LiveIT {

    private static final Map<String, String> SHORT_TIMES =
            Map.of(
                    "execution.checkpointing.interval",
                    "1s",
                    "execution.checkpointing.min-pause",
                    "100ms",
                    "heartbeat.interval",
                    "500ms",
                    "heartbeat.timeout",
                    "10s");

    private static LivePipeline pipeline;

    @BeforeAll
    static void start() throws Exception {
        pipeline = LivePipeline.start("1s", SHORT_TIMES);
    }

    @AfterAll
    static void stop() throws Exception {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void freshnessHasAFigureForEveryPlace() throws Exception {
        FreshnessCommand command = new FreshnessCommand();
        StringWriter said =
                parse(command, "--rate=50", "--capacity-share=0", "--warm-up=1s", "--duration=2s");

        command.measure(pipeline);

        for (String place :
                List.of("ranking record", "client of the dashboard", "file in the lake")) {
            assertThat(said.toString().lines())
                    .anySatisfy(
                            row ->
                                    assertThat(row)
                                            .matches(
                                                    "\\| 50 \\| %s \\| \\d+( \\| \\d+\\.\\d\\d){3} \\|"
                                                            .formatted(place)));
        }
    }

    @Test
    void recoveryHasATimeForEveryKill() throws Exception {
        RecoveryCommand command = new RecoveryCommand();
        StringWriter said = parse(command, "--kills=1", "--rate=50", "--pause=2s");

        command.measure(pipeline);

        for (String name : List.of("1", "median", "max")) {
            assertThat(said.toString().lines())
                    .anySatisfy(
                            row -> assertThat(row).matches(name + " +\\d+\\.\\d s +\\d+\\.\\d s"));
        }
        assertThat(said.toString().lines())
                .anySatisfy(row -> assertThat(row).endsWith("are in the lake, each once."));
    }

    /** Gives a command its options; returns where it will write. */
    private static StringWriter parse(Callable<Integer> command, String... arguments) {
        StringWriter said = new StringWriter();
        CommandRunner.commandLine(command, Map.of())
                .setOut(new PrintWriter(said))
                .parseArgs(arguments);
        return said;
    }
}
