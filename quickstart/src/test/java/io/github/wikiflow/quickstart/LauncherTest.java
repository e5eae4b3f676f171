package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./wikiflow} in a folder of its own, with a java that only says how it was called. */
class LauncherTest {

    @TempDir private Path temporary;

    private Path home;
    private Path java;

    @BeforeEach
    void makeAHomeInWhichEverythingIsBuilt() throws IOException {
        home = Files.createDirectory(temporary.resolve("a ü %41+b"));
        Files.copy(Home.folder().resolve("wikiflow"), home.resolve("wikiflow"));
        Files.createFile(home.resolve("pom.xml"));
        Files.createDirectories(home.resolve("flink-conf"));
        Files.writeString(
                home.resolve("flink-conf/config.yaml"), "all: -Da=b\ntaskmanager: -Dc=d\n");
        Files.createDirectories(home.resolve("quickstart/target"));
        Files.createFile(home.resolve("quickstart/target/wikiflow-quickstart.jar"));
        java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
    }

    @Test
    void aJdkThatIsTooOldIsSaidInOneLine() throws Exception {
        assertThat(run(11, 1, "C.UTF-8"))
                .isEqualTo(
                        "wikiflow: '%s' is Java 11; install a JDK 17 or later, or set JAVA_HOME"
                                .formatted(java));
    }

    @Test
    void javaFindsTheFolderWhateverTheLocale() throws Exception {
        assertThat(run(17, 0, "C"))
                .contains("LC_ALL=C.UTF-8")
                .contains("argument=%s/quickstart/target/wikiflow-quickstart.jar:".formatted(home))
                .contains("argument=mein ü");
        assertThat(run(17, 0, "C.UTF-8")).contains("LC_ALL=C.UTF-8");
    }

    private String run(int version, int exitCode, String locale) throws Exception {
        Files.writeString(
                java,
                """
                #!/bin/sh
                case "$*" in
                  *-XshowSettings*) echo '    java.specification.version = %d' >&2 ;;
                  *) echo "LC_ALL=$LC_ALL"; printf 'argument=%%s\\n' "$@" ;;
                esac
                """
                        .formatted(version));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder launcher =
                new ProcessBuilder(home.resolve("wikiflow").toString(), "up", "--data", "mein ü")
                        .redirectErrorStream(true);
        launcher.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        launcher.environment().put("LC_ALL", locale);
        Process process = launcher.start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
        return printed.strip();
    }
}
