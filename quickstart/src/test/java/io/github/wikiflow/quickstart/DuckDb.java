package io.github.wikiflow.quickstart;

import io.github.wikiflow.sandbox.generator.LakeRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a lake with a reader that shares no code with the writer. */
final class DuckDb {

    private DuckDb() {}

    /** Every row of the lake, in the form of {@link LakeRow#text}. */
    static List<String> rows(Path lake) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT * FROM read_parquet('%s/**/*.parquet', hive_partitioning = true)"
                                        .formatted(lake))) {
            ResultSetMetaData columns = result.getMetaData();
            while (result.next()) {
                Map<String, Object> row = new TreeMap<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i), value(result.getObject(i)));
                }
                rows.add(LakeRow.text(row));
            }
        }
        return rows;
    }

    /** One column of all rows, as text. */
    static List<String> column(Path lake, String column) throws Exception {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                "SELECT %s FROM read_parquet('%s/**/*.parquet', hive_partitioning = true)"
                                        .formatted(column, lake))) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static Object value(Object found) {
        if (found instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (found instanceof java.sql.Timestamp time) {
            return Instant.ofEpochMilli(time.getTime());
        }
        if (found instanceof LocalDate date) {
            return date.toString();
        }
        return found instanceof Integer || found instanceof Short
                ? Long.valueOf(((Number) found).longValue())
                : found;
    }
}
