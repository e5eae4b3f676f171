package io.github.wikiflow.benchmarks.micro;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.options.CommandRunner;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every benchmark comes to an end, and says what it allocates; what it says means nothing here. */
class MicroBenchmarkIT {

    @Test
    void everyPartHasFigures(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("results.json");

        int exitCode =
                CommandRunner.commandLine(new MicroBenchmarkCommand(), Map.of())
                        .execute("--quick", "--output=" + output);

        assertThat(exitCode).isZero();
        Set<String> measured = new HashSet<>();
        for (JsonNode result : new ObjectMapper().readTree(output.toFile())) {
            String name = result.get("benchmark").asText();
            measured.add(name.substring(name.lastIndexOf('.') + 1));
            assertThat(result.path("primaryMetric").path("score").asDouble()).isPositive();
            assertThat(result.path("secondaryMetrics").toString()).contains("gc.alloc.rate.norm");
        }
        assertThat(measured)
                .contains(
                        "wikiChangeParser",
                        "writeBucketCounts",
                        "readRanking",
                        "countChange",
                        "jsonToRows",
                        "rowsToFile");
    }
}
