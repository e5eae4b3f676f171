package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.wikiflow.events.options.OperationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir private Path folder;

    @Test
    void isUsedByOneProcessAtATime() {
        try (DataFolder first = DataFolder.open(folder, "live")) {
            assertThat(first.lake()).isDirectory().startsWith(folder.resolve("live"));
            assertThatThrownBy(() -> DataFolder.open(folder, "live"))
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "the data folder '%s' is in use by another wikiflow process; stop that one, or choose another folder with --data",
                            first.root());
            try (DataFolder other = DataFolder.open(folder, "simulated")) {
                assertThat(other.root()).isNotEqualTo(first.root());
            }
        }
        try (DataFolder second = DataFolder.open(folder, "live")) {
            assertThat(second.root()).isEqualTo(folder.resolve("live"));
        }
    }

    @Test
    void isForItsUserAloneUnlessItWasThere() throws Exception {
        Path made = folder.resolve("deep/data");
        DataFolder.open(made, "live").close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        Path shared =
                Files.createDirectory(
                        folder.resolve("shared"),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwxr-x---")));
        DataFolder.open(shared, "live").close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared)))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(file, "live")
                .startsWith("cannot write to the data folder '" + file)
                .endsWith("choose another with --data");
        Files.createDirectories(folder.resolve("live"));
        Files.writeString(folder.resolve("live/lake"), "");
        assertRefused(folder, "live")
                .startsWith("cannot write to the data folder '%s/live'".formatted(folder))
                .endsWith("choose another with --data");
    }

    @Test
    void doesNotTakeTheDataOfAnotherKind() throws Exception {
        DataFolder.open(folder, "simulated").close();
        Files.move(folder.resolve("simulated"), folder.resolve("live"));
        assertRefused(folder, "live")
                .isEqualTo(
                        "the data folder '%s/live' holds 'simulated', as its wikiflow.properties says; give it that name again, or choose another folder with --data"
                                .formatted(folder));
        assertRefused(folder.resolve("live"), "live")
                .isEqualTo(
                        "'%s/live' is the folder for one kind of data; name the one that it is in, --data '%s'"
                                .formatted(folder, folder));
    }

    @Test
    void doesNotTakeTheDataOfANewerVersion() throws Exception {
        DataFolder.open(folder, "live").close();
        Path marker = folder.resolve("live/wikiflow.properties");
        Files.writeString(marker, Files.readString(marker).replace("layout=1", "layout=2"));
        assertRefused(folder, "live")
                .isEqualTo(
                        "the data folder '%s/live' has layout 2 of another wikiflow, newer than this one, which knows layout 1; take the newer one, or choose another folder with --data"
                                .formatted(folder));
    }

    /**
     * The command of the line is run by a shell; afterwards everything is where it is looked for.
     */
    @Test
    void saysHowToKeepTheDataOfAnOlderVersion() throws Exception {
        Path data = folder.resolve("a ü %41+b");
        Files.createDirectories(data.resolve("kafka/wiki-changes-0"));
        Files.createDirectories(data.resolve("lake"));
        String message = refusal(data, "live");
        assertThat(message)
                .startsWith(
                        "the data folder '%s' is of an older wikiflow, which put events of all kinds together; if they are Wikipedia's, keep them by: mv "
                                .formatted(data))
                .endsWith("; else choose another with --data");
        String command = message.replaceFirst("(?s).* keep them by: (.*); else .*", "$1");
        assertThat(new ProcessBuilder("bash", "-c", command).inheritIO().start().waitFor())
                .isZero();
        try (DataFolder kept = DataFolder.open(data, "live")) {
            assertThat(kept.kafka().resolve("wiki-changes-0")).isDirectory();
        }
    }

    @Test
    void doesNotTakeANameThatIsSplit() {
        for (String name : List.of("a,b", "a:b")) {
            assertRefused(folder.resolve(name), "live")
                    .startsWith(
                            "the data folder '%s/%s' has a comma or colon".formatted(folder, name))
                    .endsWith("choose another with --data");
        }
    }

    @Test
    void needsRoom() {
        DataFolder.requireSpace(folder, 256L << 20);
        assertThatThrownBy(() -> DataFolder.requireSpace(folder, (256L << 20) - 1))
                .isInstanceOf(OperationException.class)
                .hasMessage(
                        "only 255 MB are free for the data folder '%s', and Kafka ends when its disk is full; free 256 MB, or choose another folder with --data",
                        folder);
    }

    @Test
    void remembersWhenASimulatedStreamBegan() {
        try (DataFolder data = DataFolder.open(folder, "simulated")) {
            Instant began = Instant.parse("2026-05-01T10:00:00Z");
            assertThat(SimulationStart.of(data.simulation(), "a", () -> began)).isEqualTo(began);
            Instant later = began.plusSeconds(60);
            assertThat(SimulationStart.of(data.simulation(), "b", () -> later)).isEqualTo(later);
            assertThat(SimulationStart.of(data.simulation(), "a", () -> later)).isEqualTo(began);
        }
    }

    private static AbstractStringAssert<?> assertRefused(Path all, String holds) {
        return assertThat(refusal(all, holds));
    }

    private static String refusal(Path all, String holds) {
        return catchThrowableOfType(OperationException.class, () -> DataFolder.open(all, holds))
                .getMessage();
    }
}
