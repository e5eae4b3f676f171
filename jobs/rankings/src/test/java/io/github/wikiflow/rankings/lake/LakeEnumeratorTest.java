package io.github.wikiflow.rankings.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.lake.LakeDays;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeEnumeratorTest {

    @TempDir private Path lake;

    @BeforeEach
    void fill() throws IOException {
        write("change_timestamp_date=2026-01-01/server_name=a.org/1.parquet");
        write("change_timestamp_date=2026-01-02/server_name=a.org/2.parquet");
        write("change_timestamp_date=2026-01-02/server_name=b.org/3.parquet");
        write("change_timestamp_date=2026-01-03/server_name=a.org/4.parquet");
        write("change_timestamp_date=2026-01-03/server_name=a.org/notes.txt");
        write("change_timestamp_date=2026-01-03/5.parquet");
        write("change_timestamp_date=soon/server_name=a.org/6.parquet");
        write(".staging/job-0/7.parquet");
        write("8.parquet");
    }

    @Test
    void findsTheFilesThatTheArchiveHasCommitted() throws IOException {
        assertThat(names(list(LakeDays.ALL)))
                .containsExactlyInAnyOrder("1.parquet", "2.parquet", "3.parquet", "4.parquet");
    }

    @Test
    void findsOnlyTheDaysThatAreWanted() throws IOException {
        LocalDate second = LocalDate.of(2026, 1, 2);

        assertThat(names(list(new LakeDays(second, null))))
                .containsExactlyInAnyOrder("2.parquet", "3.parquet", "4.parquet");
        assertThat(names(list(new LakeDays(second, second))))
                .containsExactlyInAnyOrder("2.parquet", "3.parquet");
    }

    @Test
    void aLakeThatIsNotThereIsEmptyOrAnError() throws IOException {
        org.apache.flink.core.fs.Path[] missing = {
            new org.apache.flink.core.fs.Path(lake.resolve("missing").toUri())
        };

        assertThat(new LakeEnumerator(LakeDays.ALL, true).enumerateSplits(missing, 1)).isEmpty();
        assertThatThrownBy(
                        () -> new LakeEnumerator(LakeDays.ALL, false).enumerateSplits(missing, 1))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("--lake: ")
                .hasMessageContaining("missing");
    }

    @Test
    void filesAreReadInTheOrderOfTheirEpochs() throws IOException {
        EpochOrder files = new EpochOrder(List.of(split("c", 20), split("b", 9), split("d", 9)));
        List<FileSourceSplit> order = new ArrayList<>();
        order.add(files.getNext(null).orElseThrow());
        files.addSplits(List.of(split("a", 21), split("e", 100)));
        while (!files.remainingSplits().isEmpty()) {
            order.add(files.getNext(null).orElseThrow());
        }

        assertThat(names(order)).containsExactly("b", "d", "c", "a", "e");
        assertThat(order).extracting(EpochOrder::epoch).containsExactly(9L, 9L, 20L, 21L, 100L);
        assertThat(files.getNext(null)).isEmpty();
    }

    private FileSourceSplit split(String name, long epoch) throws IOException {
        Path file = Files.writeString(lake.resolve(name), "content");
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(file.toUri());
        return EpochOrder.split(path.getFileSystem().getFileStatus(path), epoch);
    }

    private List<FileSourceSplit> list(LakeDays days) throws IOException {
        return List.copyOf(
                new LakeEnumerator(days, false)
                        .enumerateSplits(
                                new org.apache.flink.core.fs.Path[] {
                                    new org.apache.flink.core.fs.Path(lake.toUri())
                                },
                                1));
    }

    private void write(String name) throws IOException {
        Path file = lake.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "content");
    }

    private static List<String> names(List<FileSourceSplit> files) {
        return files.stream().map(file -> file.path().getName()).toList();
    }
}
