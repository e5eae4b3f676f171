package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompletionCommandTest {

    @TempDir private Path folder;

    @Test
    void completesCommandsAndOptionsInBash() throws Exception {
        assertThat(completed("wikiflow", "sta")).isEqualTo("status");
        assertThat(completed("wikiflow", "up", "--dashboard-p")).isEqualTo("--dashboard-port");
        assertThat(completed("wikiflow", "ben")).isEqualTo("bench");
    }

    /** What bash would offer for the last of these words. */
    private String completed(String... words) throws Exception {
        StringWriter out = new StringWriter();
        CommandLine command = CommandRunner.commandLine(new CompletionCommand(), Map.of());
        command.setOut(new PrintWriter(out));
        assertThat(command.execute()).isZero();
        Path script = folder.resolve("completion");
        Files.writeString(script, out.toString());
        List<String> bash =
                new ArrayList<>(
                        List.of(
                                "bash",
                                "-c",
                                """
                                source "$1"; shift
                                compopt() { :; } # not while nobody types
                                COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_TYPE=9
                                _complete_wikiflow
                                echo "${COMPREPLY[@]}"
                                """,
                                "bash",
                                script.toString()));
        bash.addAll(List.of(words));
        Process process = new ProcessBuilder(bash).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }
}
