package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Kafka can no longer write, it ends the process: the console says so. */
class KafkaEndIT {

    @TempDir private Path folder;

    @Test
    void isSaidOnTheConsole() throws Exception {
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
