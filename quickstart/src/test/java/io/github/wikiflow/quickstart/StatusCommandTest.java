package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.http.HalfAnAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StatusCommandTest {

    @TempDir private Path data;

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void saysWhoDoesNotAnswerToTheEnd() throws Exception {
        StringWriter out = new StringWriter();
        try (HalfAnAnswer bridge = new HalfAnAnswer();
                HalfAnAnswer flink = new HalfAnAnswer()) {
            Map<String, String> addresses = new HashMap<>();
            RunningProcess.PARTS.forEach(part -> addresses.put(part, "http://127.0.0.1:1"));
            addresses.put("Bridge", bridge.uri().toString());
            addresses.put("Flink web UI", flink.uri().toString());
            RunningProcess.write(Files.createDirectory(data.resolve("live")), addresses);
            CommandLine status = CommandRunner.commandLine(new StatusCommand(), Map.of());
            status.setOut(new PrintWriter(out));
            assertThat(status.execute("--data", data.toString())).isEqualTo(1);
            assertThat(bridge.sentAfterwards()).isEqualTo(-1);
            assertThat(flink.sentAfterwards()).isEqualTo(-1);
        }
        assertThat(out.toString().lines().filter(line -> line.contains("no whole answer")))
                .hasSize(2);
    }
}
