package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.LakeFiles;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a lake holds, whatever the order of its rows: how many, and the sum of a digest of each. The
 * digest covers the columns that all contenders write alike.
 *
 * @param digests sum of 64 bits of the MD5 of each row's columns
 */
record LakeContent(long rows, BigInteger digests) {

    static final LakeContent EMPTY = new LakeContent(0, BigInteger.ZERO);

    private static final List<String> COLUMNS =
            List.of(
                    "change_timestamp_date",
                    "server_name",
                    "event_key",
                    "event_partition",
                    "event_offset",
                    "id",
                    "type",
                    "title",
                    "user",
                    "bot",
                    "comment",
                    "parsedcomment",
                    "length_new",
                    "length_old",
                    "revision_new",
                    "namespace",
                    "wiki",
                    "meta_id",
                    "meta_uri",
                    "meta_offset",
                    "log_type");

    /** This with one row more. */
    LakeContent plus(Map<String, Object> row) {
        StringJoiner text = new StringJoiner("\n");
        for (String column : COLUMNS) {
            text.add(String.valueOf(row.get(column)));
        }
        return new LakeContent(rows + 1, digests.add(digest(text.toString())));
    }

    /** Reads a lake, by an engine that is no contender. */
    static LakeContent of(Path lake) throws IOException, SQLException {
        List<Path> files = LakeFiles.of(lake);
        if (files.isEmpty()) {
            return EMPTY;
        }
        String columns =
                COLUMNS.stream()
                        .map("coalesce(CAST(\"%s\" AS VARCHAR), 'null')"::formatted)
                        .collect(Collectors.joining(", "));
        String names =
                files.stream()
                        .map(file -> "'" + file.toString().replace("'", "''") + "'")
                        .collect(Collectors.joining(", "));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery(
                                ("SELECT count(*), CAST(sum(md5_number_lower(concat_ws(chr(10), %s)))"
                                                + " AS VARCHAR) FROM read_parquet([%s],"
                                                + " hive_partitioning = true, union_by_name = true)")
                                        .formatted(columns, names))) {
            result.next();
            return new LakeContent(result.getLong(1), new BigInteger(result.getString(2)));
        }
    }

    private static BigInteger digest(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            long lower = ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
            return new BigInteger(Long.toUnsignedString(lower));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
