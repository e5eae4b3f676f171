package io.github.wikiflow.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link LakeFileWriter} and other programs write is read, and damage is told. */
class LakeFileReaderTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void readsEveryValueThatWasWritten(Compression compression) throws Exception {
        int rows = 3_000;
        List<List<Object>> expected = new ArrayList<>();
        Path file;
        try (LakeFileWriter writer = new LakeFileWriter(compression, 3)) {
            // A writer makes one file after the other.
            writer.open();
            writer.finish();
            writer.open();
            for (int i = 0; i < rows; i++) {
                List<Object> row = row(i);
                expected.add(row);
                assertThat(writer.add(encode(row), 0)).isEqualTo(i);
            }
            file = Files.write(folder.resolve("1.parquet"), writer.finish());
        }
        try (LakeFileReader reader = open(file, LakeColumn.ALL)) {
            assertThat(reader.rows()).isEqualTo(rows);
            List<List<Object>> found = new ArrayList<>();
            while (reader.next()) {
                found.add(LakeColumn.ALL.stream().map(column -> value(reader, column)).toList());
            }
            assertThat(reader.next()).isFalse();
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void readsSeveralRowGroups() throws Exception {
        Path file = write(10_000, "i AS event_offset, 'T' || i % 50 AS title");
        try (LakeFileReader reader =
                open(file, List.of(LakeColumn.EVENT_OFFSET, LakeColumn.TITLE))) {
            assertThat(reader.rows()).isEqualTo(10_000);
            for (int i = 0; i < 10_000; i++) {
                assertThat(reader.next()).isTrue();
                assertThat(reader.number(LakeColumn.EVENT_OFFSET)).isEqualTo(i);
                assertThat(reader.text(LakeColumn.TITLE)).hasToString("T" + i % 50);
            }
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void whatAFileDoesNotHaveIsNull() throws Exception {
        Path file = write(1, "i AS event_offset");
        try (LakeFileReader reader =
                open(file, List.of(LakeColumn.EVENT_OFFSET, LakeColumn.BOT, LakeColumn.USER))) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.isNull(LakeColumn.EVENT_OFFSET)).isFalse();
            assertThat(reader.isNull(LakeColumn.BOT)).isTrue();
            assertThat(reader.flag(LakeColumn.BOT)).isFalse();
            assertThat(reader.text(LakeColumn.USER)).isNull();
        }
    }

    /** A time in other units would be read as one of another century. */
    @ParameterizedTest
    @CsvSource({
        "TIMESTAMP_MS '2026-01-01 00:00:00', event_timestamp",
        "TIMESTAMP_MS '2026-01-01 00:00:00', change_timestamp",
        "TIMESTAMP_NS '2026-01-01 00:00:00', change_timestamp",
        "i, change_timestamp",
        "i::INTEGER, event_offset",
        "i, event_partition",
        "i::VARCHAR, event_partition",
        "i, title",
        "i::VARCHAR, bot",
        "[i], title"
    })
    void aColumnOfAnotherTypeIsRefused(String value, String name) throws Exception {
        Path file = write(1, "%s AS %s".formatted(value, name));
        LakeColumn wanted = LakeColumn.valueOf(name.toUpperCase(Locale.ROOT));
        assertThatThrownBy(() -> open(file, List.of(wanted)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(name);
    }

    @Test
    void aFileThatHasLostAPartIsDamagedOrNoParquet() throws Exception {
        byte[] whole = Files.readAllBytes(write(2_000, "i AS event_offset"));
        for (int length : new int[] {0, 3, 8, 11, whole.length / 2, whole.length - 1}) {
            Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readAll(cut))
                    .as("%d bytes of %d", length, whole.length)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cut.parquet is no Parquet file");
        }
        byte[] zeroed = whole.clone();
        Arrays.fill(zeroed, 4, 200, (byte) 0);
        Path damaged = Files.write(folder.resolve("zeroed.parquet"), zeroed);
        assertThatThrownBy(() -> readAll(damaged))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("zeroed.parquet is damaged");
    }

    private static void readAll(Path file) throws IOException {
        try (LakeFileReader reader = open(file, List.of(LakeColumn.EVENT_OFFSET))) {
            while (reader.next()) {
                reader.number(LakeColumn.EVENT_OFFSET);
            }
        }
    }

    /** A value for each column, or null where it may be. */
    private static List<Object> row(int i) {
        List<Object> row = new ArrayList<>();
        for (LakeColumn column : LakeColumn.ALL) {
            if (column == LakeColumn.CHANGE_TIMESTAMP) {
                row.add((long) i);
            } else if (!column.required() && (i + column.ordinal()) % 3 == 0) {
                row.add(null);
            } else {
                row.add(
                        switch (column.kind()) {
                            case TEXT -> column + "ä" + i % (column.ordinal() + 1);
                            case BOOLEAN -> i % 2 == 0;
                            case INTEGER -> -i;
                            case LONG, TIMESTAMP -> 5_000_000_000L + i * column.ordinal();
                        });
            }
        }
        return row;
    }

    private static byte[] encode(List<Object> row) {
        RowWriter writer = new RowWriter();
        writer.start();
        for (Object value : row) {
            if (value instanceof String text) {
                writer.text(text.getBytes(StandardCharsets.UTF_8));
            } else if (value instanceof Boolean flag) {
                writer.bool(flag);
            } else if (value instanceof Integer number) {
                writer.integer(number);
            } else if (value instanceof Long number) {
                writer.number(number);
            } else {
                writer.absent();
            }
        }
        return writer.finish();
    }

    private static Object value(LakeFileReader reader, LakeColumn column) {
        if (reader.isNull(column)) {
            return null;
        }
        return switch (column.kind()) {
            case TEXT -> reader.text(column).toString();
            case BOOLEAN -> reader.flag(column);
            case INTEGER -> reader.integer(column);
            case LONG, TIMESTAMP -> reader.number(column);
        };
    }

    /** A file by DuckDB, in several row groups if there are so many rows. */
    private Path write(int rows, String columns) throws SQLException {
        Path file = folder.resolve("duckdb.parquet");
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute(
                    "COPY (SELECT %s FROM range(%d) AS rows(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 4096)"
                            .formatted(columns, rows, file));
        }
        return file;
    }

    private static LakeFileReader open(Path file, List<LakeColumn> columns) throws IOException {
        return new LakeFileReader(
                new org.apache.flink.core.fs.Path(file.toUri()), Files.size(file), columns);
    }
}
