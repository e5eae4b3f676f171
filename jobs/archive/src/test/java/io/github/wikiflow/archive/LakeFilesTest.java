package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.lake.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a reader that is not ours makes of the files. */
class LakeFilesTest {

    @TempDir private Path lake;

    @ParameterizedTest
    @EnumSource
    void areReadableInEveryCompression(Compression compression) throws Exception {
        SampleLake.write(lake, SampleLake.of("\"a\"", 5), compression);
        assertThat(query("SELECT event_offset, server_name FROM $lake"))
                .containsExactly(Map.of("event_offset", 5L, "server_name", "a"));
    }

    @Test
    void giveBackEveryNameOfAServer() throws Exception {
        List<String> names =
                List.of("../x", "a/b", "a\\b", "a=b", "a%2Fb", "a b+c", "ä👍", "NULL", "a.b");
        for (int i = 0; i < names.size(); i++) {
            String json = "\"" + names.get(i).replace("\\", "\\\\") + "\"";
            SampleLake.write(lake, SampleLake.of(json, i), Compression.ZSTD);
        }
        assertThat(query("SELECT server_name FROM $lake ORDER BY event_offset"))
                .extracting(row -> row.get("server_name"))
                .isEqualTo(names);
    }

    @Test
    void areReadTogetherWithThoseOfAnOlderSchema() throws Exception {
        SampleLake.write(lake, SampleLake.of("\"a\"", 1), Compression.ZSTD);
        Path old = lake.resolve("change_timestamp_date=1969-12-31/server_name=a");
        Files.createDirectories(old);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    "COPY (SELECT 0::BIGINT AS event_offset, 'old' AS title) TO '%s/old.parquet' (FORMAT parquet)"
                            .formatted(old));
        }
        assertThat(query("SELECT event_offset, title, log_params FROM $lake ORDER BY event_offset"))
                .extracting(row -> row.get("event_offset") + " " + row.get("title"))
                .containsExactly("0 old", "1 null");
    }

    private List<Map<String, Object>> query(String sql) throws Exception {
        try (LakeReader reader = new LakeReader(lake)) {
            return reader.query(sql);
        }
    }
}
