package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir private Path folder;

    @Test
    void isUsedByOneProcessAtATime() {
        Path root = folder.resolve("data");
        try (DataFolder first = DataFolder.open(root)) {
            assertThat(first.lake()).isDirectory();
            assertThatThrownBy(() -> DataFolder.open(root))
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "the data folder '%s' is in use by another wikiflow process; stop that one, or choose another folder with --data"
                                    .formatted(root));
        }
        try (DataFolder second = DataFolder.open(root)) {
            assertThat(second.root()).isEqualTo(root);
        }
    }

    @Test
    void isForItsUserAloneUnlessItWasThere() throws Exception {
        try (DataFolder made = DataFolder.open(folder.resolve("deep/data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.root())))
                    .isEqualTo("rwx------");
        }
        Path shared =
                Files.createDirectory(
                        folder.resolve("shared"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-x---")));
        try (DataFolder found = DataFolder.open(shared)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(found.root())))
                    .isEqualTo("rwxr-x---");
        }
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("cannot write to the data folder '" + file)
                .hasMessageEndingWith("choose another with --data");
    }

    @Test
    void remembersWhenASimulatedStreamBegan() {
        try (DataFolder data = DataFolder.open(folder)) {
            Instant began = Instant.parse("2026-05-01T10:00:00Z");
            assertThat(SimulationStart.of(data.simulation(), "a", () -> began)).isEqualTo(began);
            Instant later = began.plusSeconds(60);
            assertThat(SimulationStart.of(data.simulation(), "b", () -> later)).isEqualTo(later);
            assertThat(SimulationStart.of(data.simulation(), "a", () -> later)).isEqualTo(began);
        }
    }
}
