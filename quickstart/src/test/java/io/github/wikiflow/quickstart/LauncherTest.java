package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./wikiflow} itself refuses. */
class LauncherTest {

    @TempDir private Path folder;

    @Test
    void aJdkThatIsTooOldIsSaidInOneLine() throws Exception {
        Path java = Files.createDirectories(folder.resolve("a ü %41+b/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 11' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher =
                new ProcessBuilder(Home.folder().resolve("wikiflow").toString(), "up")
                        .redirectErrorStream(true);
        launcher.environment().put("JAVA_HOME", java.getParent().getParent().toString());
        Process process = launcher.start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(printed.strip())
                .isEqualTo(
                        "wikiflow: '%s' is Java 11; install a JDK 17 or later, or set JAVA_HOME"
                                .formatted(java));
    }
}
