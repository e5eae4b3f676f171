package io.github.wikiflow.quickstart;

import io.github.wikiflow.sandbox.generator.LakeRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

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
            while (result.next()) {
                rows.add(LakeRow.text(LakeRow.found(result)));
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
}
