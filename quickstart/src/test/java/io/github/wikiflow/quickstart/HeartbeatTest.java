package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeartbeatTest {

    @TempDir private Path lake;

    @Test
    void namesFromStrangersCannotCommandTheTerminal() {
        assertThat(Heartbeat.printable("a\u001b[31mb\u202Ec\nd\ud800e😀", 40))
                .isEqualTo("a?[31mb?c?d?e😀");
        assertThat(Heartbeat.printable("x".repeat(255), 40)).hasSize(40);
    }

    @Test
    void countsRowsByTheNamesOfCommittedFiles() throws Exception {
        Path partition = Files.createDirectories(lake.resolve("change_timestamp_date=2026-05-01"));
        Files.createFile(partition.resolve("3f0c-120.parquet"));
        Files.createFile(partition.resolve("77aa-5.parquet"));
        Files.createFile(partition.resolve("export-20260501100000000000.parquet"));
        Path removed =
                Files.createDirectories(
                        lake.resolve(".wikiflow/removed/change_timestamp_date=2026-05-01"));
        Files.createFile(removed.resolve("55bb-77.parquet"));
        assertThat(new LakeRows(lake).count()).isEqualTo(125);
    }
}
