package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every shell script of the source tree. */
class ShellScriptsTest {

    private static final Path SHELLCHECK = Path.of("/usr/bin/shellcheck");

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeThat(SHELLCHECK).as("shellcheck, of Debian's package of that name").exists();
        List<String> command = new ArrayList<>(List.of(SHELLCHECK.toString()));
        List<String> scripts = scripts();
        assertThat(scripts).contains("wikiflow", ".ci/run", "docker/smoke-test");
        command.addAll(scripts);
        Process check =
                new ProcessBuilder(command)
                        .directory(SourceTree.home().toFile())
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private static List<String> scripts() throws IOException {
        List<String> scripts = new ArrayList<>();
        for (Path file : SourceTree.files()) {
            if (Files.isExecutable(file) && firstLine(file).matches("#!.*sh")) {
                scripts.add(SourceTree.home().relativize(file).toString());
            }
        }
        return scripts;
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
