package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console of {@code up} says when something is wrong while it runs. */
class ProblemsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path folder;

    @Test
    void aJobThatIsRestartedForEver() throws Exception {
        UpProcess up = UpProcess.start(folder, "--source", "simulated", "--rate", "100");
        try {
            LakeRows rows = new LakeRows(folder.resolve("simulated/lake"));
            await("rows in the lake").atMost(PATIENCE).until(() -> rows.count() > 0);
            // A file is where the lake's folder was: nothing can be written there.
            Path lake = folder.resolve("simulated/lake");
            Files.move(lake, folder.resolve("simulated/lake-elsewhere"));
            Files.writeString(lake, "");
            await("the console says so: " + up)
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    Pattern.compile(
                                                    "wikiflow-archive is restarting\\. \\d+ failures since [-0-9]{10} [:0-9]{8} UTC, the last: \\S+")
                                            .matcher(up.toString())
                                            .find());
        } finally {
            up.kill();
        }
    }

    @Test
    void kafkaEndsTheProcessWhenItCanNoLongerWrite() throws Exception {
        List<String> up = UpProcess.command(folder, "--source", "simulated", "--rate", "1000");
        // No file may grow beyond 1 MiB, which to a process is like a disk that is full.
        List<String> limited =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f 1024 && exec \"$@\"", "limited"));
        limited.addAll(up);
        Process process = new ProcessBuilder(limited).redirectErrorStream(true).start();
        try {
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(printed).isEqualTo(1);
            assertThat(printed.strip().lines().reduce((first, last) -> last))
                    .hasValue(
                            "Kafka has ended this process, since it cannot write to '%1$s/kafka'; the log says why: %1$s/log/wikiflow.log"
                                    .formatted(folder.resolve("simulated")));
        } finally {
            process.destroyForcibly();
        }
    }
}
