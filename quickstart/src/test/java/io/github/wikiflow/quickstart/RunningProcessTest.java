package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProcessTest {

    private static final Map<String, String> ADDRESSES =
            RunningProcess.PARTS.stream()
                    .collect(Collectors.toMap(part -> part, part -> "a place"));

    @TempDir private Path data;

    @Test
    void findsWhatRuns() throws IOException {
        assertThat(RunningProcess.on(data)).isEmpty();
        assertThat(RunningProcess.on(data.resolve("missing"))).isEmpty();
        Path live = Files.createDirectory(data.resolve("live"));
        Files.createDirectory(data.resolve("simulated"));
        RunningProcess.write(live, ADDRESSES);
        List<RunningProcess> running = RunningProcess.on(data);
        assertThat(running).hasSize(1);
        assertThat(running.get(0).kind()).isEqualTo("live");
        assertThat(running.get(0).process()).isEqualTo(ProcessHandle.current());
        assertThat(running.get(0).addresses()).isEqualTo(ADDRESSES);
        assertThat(running.get(0).addresses().keySet())
                .containsExactlyElementsOf(RunningProcess.PARTS);
    }

    @Test
    void takesNoOtherProcessOfThatNumberForIt() throws IOException {
        RunningProcess.write(data(), ADDRESSES);
        change("began", "2001-01-01T00:00:00Z");
        assertThat(RunningProcess.on(data)).isEmpty();
    }

    @Test
    void doesWithoutAFileThatSaysNothing() throws IOException {
        RunningProcess.write(data(), ADDRESSES);
        change("process", "not a number");
        assertThat(RunningProcess.on(data)).isEmpty();
        change("process", "999999999");
        assertThat(RunningProcess.on(data)).isEmpty();
    }

    private Path data() throws IOException {
        return Files.createDirectories(data.resolve("live"));
    }

    private void change(String name, String value) throws IOException {
        Path file = data.resolve("live/running.properties");
        Properties properties = PropertiesFile.read(file);
        properties.setProperty(name, value);
        PropertiesFile.write(file, properties, "changed");
    }
}
