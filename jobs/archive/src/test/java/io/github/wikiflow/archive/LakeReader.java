package io.github.wikiflow.archive;

import io.github.wikiflow.sandbox.generator.LakeRow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a lake as an analyst would: as one table in DuckDB. */
final class LakeReader implements AutoCloseable {

    private final Connection connection;
    private final String table;

    LakeReader(Path lake) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        table =
                "read_parquet('%s/**/*.parquet', hive_partitioning = true, union_by_name = true)"
                        .formatted(lake);
    }

    /** Every row, as {@link LakeRow#text} writes it. */
    List<String> rows() throws SQLException {
        List<String> rows = new ArrayList<>();
        for (Map<String, Object> row : query("SELECT * FROM $lake")) {
            rows.add(LakeRow.text(row));
        }
        return rows;
    }

    /** Answers a query in which {@code $lake} is the table. */
    List<Map<String, Object>> query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("$lake", table))) {
            List<Map<String, Object>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                Map<String, Object> row = new TreeMap<>();
                for (int i = 1; i <= columns; i++) {
                    row.put(result.getMetaData().getColumnName(i), plain(result.getObject(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Object plain(Object value) {
        if (value instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        return value instanceof LocalDate date ? date.toString() : value;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
