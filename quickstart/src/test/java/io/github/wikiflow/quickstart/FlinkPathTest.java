package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkPathTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a ü %41+b", "%", "#?&", "a:b", "'\""})
    void flinkFindsTheSameFolder(String name) throws Exception {
        Path made = folder.resolve(name);
        FileSystem.getLocalFileSystem()
                .mkdirs(new org.apache.flink.core.fs.Path(FlinkPath.text(made)));
        assertThat(made).isDirectory();
    }

    /**
     * A path's URI is text in another form than Flink's: nobody gives it to Flink. Log4j alone
     * wants it.
     */
    @Test
    void noPathBecomesTextInAnotherWay() throws IOException {
        try (Stream<Path> files = Files.walk(Home.folder())) {
            List<Path> found =
                    files.filter(file -> file.toString().matches(".*/src/main/.*\\.java"))
                            .filter(file -> !file.endsWith("quickstart/LogFile.java"))
                            .filter(FlinkPathTest::makesTextOfAUri)
                            .toList();
            assertThat(found).isEmpty();
        }
    }

    private static boolean makesTextOfAUri(Path source) {
        try {
            return Files.readString(source).contains("toUri().toString()");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
