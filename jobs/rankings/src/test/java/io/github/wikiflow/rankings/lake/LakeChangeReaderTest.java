package io.github.wikiflow.rankings.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.change.ChangeSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading Parquet files that another program has written. */
class LakeChangeReaderTest {

    private static final long FILE_TIME = 1_700_000_000_000L;
    private static final long EPOCH = 17;

    private static final String ALL_COLUMNS =
            """
            'comment ' || i AS comment,
            'topic' || i // 5000 AS event_topic,
            (i % 3)::INTEGER AS event_partition,
            1000 + i AS event_offset,
            to_timestamp(1700000000 + i / 2) AS event_timestamp,
            to_timestamp(1690000000 + i) AS change_timestamp,
            CASE WHEN i % 7 <> 0 THEN 'type' || i % 5 END AS type,
            'wiki' || i % 2 AS wiki,
            'Tïtle ' || i AS title,
            CASE WHEN i % 11 <> 0 THEN 'user ' || i % 100 END AS "user",
            CASE WHEN i % 3 <> 0 THEN i % 2 = 0 END AS bot""";

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
    void readsTheColumnsThatARankingNeedsInEveryCompression(String compression) throws Exception {
        Path file = write(10_000, ALL_COLUMNS, "COMPRESSION " + compression);

        List<LakeChange> expected = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            expected.add(
                    new LakeChange(
                            new TopicPartition("topic" + i / 5_000, i % 3),
                            1_000 + i,
                            1_700_000_000_000L + i * 500L,
                            FILE_TIME,
                            EPOCH,
                            ChangeSummary.of(
                                    1_690_000_000L + i,
                                    i % 7 == 0 ? null : "type" + i % 5,
                                    "wiki" + i % 2,
                                    "Tïtle " + i,
                                    i % 11 == 0 ? null : "user " + i % 100,
                                    i % 3 != 0 && i % 2 == 0)));
        }
        assertThat(read(file)).isEqualTo(expected);
    }

    @Test
    void whatAnOlderFileDoesNotHaveIsNull() throws Exception {
        Path file =
                write(
                        1,
                        """
                        't' AS event_topic, 5 AS event_partition, 6::BIGINT AS event_offset, 'A' AS title,
                        to_timestamp(8) AS event_timestamp, to_timestamp(7) AS change_timestamp""",
                        "COMPRESSION zstd");

        assertThat(read(file))
                .containsExactly(
                        new LakeChange(
                                new TopicPartition("t", 5),
                                6,
                                8_000,
                                FILE_TIME,
                                EPOCH,
                                ChangeSummary.of(7, null, null, "A", null, false)));
    }

    @Test
    void aFileWithoutOffsetsIsRefused() throws Exception {
        Path file = write(1, "'t' AS event_topic, 5 AS event_partition", "COMPRESSION zstd");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("event_offset");
    }

    @Test
    void whatIsNoParquetIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("text.parquet"), "twelve bytes");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text.parquet is no Parquet file");
    }

    /** In several row groups, if there are so many rows. */
    private Path write(int rows, String columns, String options) throws SQLException {
        Path file = folder.resolve("file.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute(
                    "COPY (SELECT %s FROM range(%d) AS rows(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 4096, %s)"
                            .formatted(columns, rows, file, options));
        }
        return file;
    }

    private static List<LakeChange> read(Path file) throws IOException {
        List<LakeChange> rows = new ArrayList<>();
        try (LakeChangeReader lakeFile =
                new LakeChangeReader(
                        new org.apache.flink.core.fs.Path(file.toUri()),
                        Files.size(file),
                        FILE_TIME,
                        EPOCH)) {
            for (LakeChange row = lakeFile.next(); row != null; row = lakeFile.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
