package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every shell script of the source tree. */
class ShellScriptsTest {

    private static final Path SHELLCHECK = Path.of("/usr/bin/shellcheck");

    /** Whose content is not of the source tree. */
    private static final Set<String> SKIPPED = Set.of(".git", "target", "data");

    @Test
    void shellcheckFindsNothing() throws Exception {
        assumeThat(SHELLCHECK).as("shellcheck, of Debian's package of that name").exists();
        List<String> command = new ArrayList<>(List.of(SHELLCHECK.toString()));
        List<String> scripts = scripts(LauncherTree.sources());
        assertThat(scripts).contains("wikiflow", ".ci/run", "docker/smoke-test");
        command.addAll(scripts);
        Process check =
                new ProcessBuilder(command)
                        .directory(LauncherTree.sources().toFile())
                        .redirectErrorStream(true)
                        .start();
        assertThat(new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(check.waitFor()).isZero();
    }

    private static List<String> scripts(Path home) throws IOException {
        List<String> scripts = new ArrayList<>();
        Files.walkFileTree(
                home,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes of) {
                        return SKIPPED.contains(folder.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes of)
                            throws IOException {
                        if (Files.isExecutable(file) && firstLine(file).matches("#!.*sh")) {
                            scripts.add(home.relativize(file).toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        return scripts;
    }

    private static String firstLine(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String line = reader.readLine();
            return line == null ? "" : line;
        }
    }
}
