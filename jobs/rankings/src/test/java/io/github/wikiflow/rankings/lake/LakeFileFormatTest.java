package io.github.wikiflow.rankings.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of 10,000 rows in three row groups, in a lake whose only run is "a". */
class LakeFileFormatTest {

    private static final int ROW_GROUP = 4_096;

    @TempDir private Path lake;
    private Path file;
    private FileSourceSplit split;

    /** Where it begins. */
    private long secondRowGroup;

    @BeforeEach
    void write() throws Exception {
        new LakeHeads(flink(lake)).write(LakeHead.NONE.begin("a"));
        Path folder = lake.resolve("change_timestamp_date=2026-01-01/server_name=a.org");
        file = Files.createDirectories(folder).resolve("a-3-0f-0-10000.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT 't' AS event_topic, 0 AS event_partition, i AS event_offset,
                        to_timestamp(i) AS event_timestamp, to_timestamp(i) AS change_timestamp
                        FROM range(10000) AS rows(i))
                    TO '%s' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE %d)"""
                            .formatted(file, ROW_GROUP));
            try (ResultSet second =
                    statement.executeQuery(
                            """
                            SELECT min(coalesce(dictionary_page_offset, data_page_offset))
                            FROM parquet_metadata('%s') WHERE row_group_id = 1"""
                                    .formatted(file))) {
                second.next();
                secondRowGroup = second.getLong(1);
            }
        }
        split =
                EpochOrder.split(
                        flink(file).getFileSystem().getFileStatus(flink(file)), (1L << 44) + 3);
    }

    @Test
    void readsAllRows() throws IOException {
        assertThat(offsets(new LakeFileFormat(LakeChangeSerializer.TYPE, true, false), split))
                .hasSize(10_000)
                .startsWith(0L)
                .endsWith(9_999L);
    }

    @Test
    void aFileThatIsCutIsNamedAndLeftOutOnlyOnRequest() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) / 2);
        }

        assertThatThrownBy(
                        () ->
                                offsets(
                                        new LakeFileFormat(LakeChangeSerializer.TYPE, true, false),
                                        split))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("--skip-damaged-files");
        assertThat(offsets(new LakeFileFormat(LakeChangeSerializer.TYPE, false, true), split))
                .isEmpty();
    }

    @Test
    void ofAFileThatIsDamagedTheRowsBeforeAreRead() throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(secondRowGroup);
            bytes.write(new byte[20]);
        }

        assertThatThrownBy(
                        () ->
                                offsets(
                                        new LakeFileFormat(LakeChangeSerializer.TYPE, false, false),
                                        split))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("is damaged")
                .hasMessageContaining("--skip-damaged-files");
        assertThat(offsets(new LakeFileFormat(LakeChangeSerializer.TYPE, true, true), split))
                .hasSize(ROW_GROUP)
                .endsWith(ROW_GROUP - 1L);
    }

    @Test
    void aFileThatIsGoneIsAnErrorUnlessTheLakeIsFollowed() throws IOException {
        Files.delete(file);

        assertThatThrownBy(
                        () ->
                                offsets(
                                        new LakeFileFormat(LakeChangeSerializer.TYPE, false, true),
                                        split))
                .isInstanceOf(FileNotFoundException.class);
        new LakeHeads(flink(lake)).write(new LakeHeads(flink(lake)).read().goOn("a", 2, "b"));
        List<LakeChange> instead =
                read(new LakeFileFormat(LakeChangeSerializer.TYPE, true, false), split);
        assertThat(instead).singleElement().matches(LakeChange::isWithdrawal);
        assertThat(instead.get(0).epoch()).isEqualTo(EpochOrder.epoch(split));
    }

    private static List<Long> offsets(LakeFileFormat format, FileSourceSplit split)
            throws IOException {
        return read(format, split).stream().map(LakeChange::offset).toList();
    }

    private static List<LakeChange> read(LakeFileFormat format, FileSourceSplit split)
            throws IOException {
        List<LakeChange> rows = new ArrayList<>();
        try (BulkFormat.Reader<LakeChange> reader =
                format.createReader(new Configuration(), split)) {
            for (BulkFormat.RecordIterator<LakeChange> batch = reader.readBatch();
                    batch != null;
                    batch = reader.readBatch()) {
                for (RecordAndPosition<LakeChange> row = batch.next();
                        row != null;
                        row = batch.next()) {
                    rows.add(row.getRecord());
                }
            }
        }
        return rows;
    }

    private static org.apache.flink.core.fs.Path flink(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }
}
