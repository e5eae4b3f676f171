package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.benchmarks.LakeFiles;
import io.github.wikiflow.benchmarks.Latencies;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Notes when each file of the lake has become visible, and asks the files for the record times of
 * their rows. Looks every {@value #LOOK_MILLIS} ms, so it is late by that at most.
 */
final class LakeWatch extends Watch {

    private static final long LOOK_MILLIS = 250;
    private static final long SECONDS_BETWEEN_COUNTS = 1;
    private static final Duration COMPLETE_WITHIN = Duration.ofMinutes(20);

    private final Path lake;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();

    /**
     * @param lake a folder that exists
     */
    LakeWatch(Path lake) {
        this.lake = lake;
    }

    @Override
    void look() throws IOException, InterruptedException {
        long now = System.currentTimeMillis();
        for (Path file : LakeFiles.of(lake)) {
            seen.putIfAbsent(file.toString(), now);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    @Override
    void wake() {
        // It does not wait for long.
    }

    @Override
    void release() {
        // It holds nothing.
    }

    /**
     * Waits until the lake has so many rows.
     *
     * @throws TimeoutException if it has fewer for too long
     * @throws IllegalStateException if it has more
     */
    void awaitRows(long expected) throws InterruptedException, SQLException, TimeoutException {
        long deadline = System.nanoTime() + COMPLETE_WITHIN.toNanos();
        long rows = rows();
        while (rows < expected) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "the lake has %,d rows of %,d after %s"
                                .formatted(rows, expected, COMPLETE_WITHIN));
            }
            TimeUnit.SECONDS.sleep(SECONDS_BETWEEN_COUNTS);
            rows = rows();
        }
        if (rows > expected) {
            throw new IllegalStateException(
                    "the lake has %,d rows instead of %,d".formatted(rows, expected));
        }
    }

    /** How many rows the files have that have been seen so far. */
    private long rows() throws SQLException {
        if (seen.isEmpty()) {
            return 0;
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result =
                        statement.executeQuery("SELECT count(*) FROM " + visibleFiles())) {
            result.next();
            return result.getLong(1);
        }
    }

    /**
     * From a row's record time to the moment in which its file was seen.
     *
     * @param from only rows that arrived from this time on, in epoch milliseconds
     * @param to and before this one
     */
    Latencies freshness(long from, long to) throws SQLException {
        Latencies latencies = new Latencies();
        String query =
                "SELECT filename, epoch_ms(event_timestamp) AS arrived FROM %s WHERE arrived >= %d AND arrived < %d"
                        .formatted(visibleFiles(), from, to);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                long visible = Objects.requireNonNull(seen.get(rows.getString(1)));
                latencies.add(Duration.ofMillis(visible - rows.getLong(2)).toNanos());
            }
        }
        return latencies;
    }

    /** As DuckDB takes them; named one by one, for more may come meanwhile. */
    private String visibleFiles() {
        StringBuilder names = new StringBuilder();
        for (String file : seen.keySet()) {
            names.append(names.isEmpty() ? "'" : ", '")
                    .append(file.replace("'", "''"))
                    .append('\'');
        }
        return "read_parquet([%s], filename = true, hive_partitioning = false)".formatted(names);
    }
}
