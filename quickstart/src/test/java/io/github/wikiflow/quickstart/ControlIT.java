package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What another terminal says about an {@code up} that runs, and how it stops it. */
class ControlIT {

    @TempDir private Path data;

    @Test
    void showsWhatRunsAndStopsIt() throws Exception {
        assertThat(run(new StatusCommand()).text()).startsWith("Nothing runs on");
        UpProcess up = UpProcess.start(data, "--source", "simulated");
        try {
            await("all of it runs")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> run(new StatusCommand()).exitCode() == 0);
            Answer status = run(new StatusCommand());
            assertThat(status.text())
                    .contains("Dashboard      " + up.dashboard())
                    .contains("Flink web UI   " + up.flink())
                    .contains("Kafka          " + up.kafka())
                    .contains("The bridge     200 ")
                    .contains("wikiflow-archive RUNNING")
                    .contains("wikiflow-rankings RUNNING");

            Answer stop = run(new StopCommand());
            assertThat(stop.exitCode()).isZero();
            assertThat(stop.text()).startsWith("Stopped simulated, process ");
            assertThat(up.isAlive()).isFalse();
            assertThat(up.stop()).contains("Stopped. The next start goes on from here.");
        } finally {
            up.kill();
        }
        assertThat(run(new StatusCommand()).exitCode()).isEqualTo(1);
        assertThat(run(new StopCommand()).text()).startsWith("Nothing runs on");
    }

    private record Answer(int exitCode, String text) {}

    private Answer run(Callable<Integer> command) {
        StringWriter out = new StringWriter();
        CommandLine line = CommandRunner.commandLine(command, Map.of());
        line.setOut(new PrintWriter(out));
        int exitCode = line.execute("--data", data.toString());
        return new Answer(exitCode, out.toString());
    }
}
