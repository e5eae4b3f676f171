package io.github.wikiflow.faults.check;

import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * Whether the lake has one row for each change, with every column as it should be, and the topic of
 * dead letters one record for everything else. The lake is read by DuckDB, which shares no code
 * with the archive.
 */
public final class ArchiveCheck {

    private static final Comparator<LandedChange> BY_POSITION =
            Comparator.comparingInt(LandedChange::partition)
                    .thenComparingLong(LandedChange::offset);

    private final CarriedChanges carried;
    private final EventLog log;
    private final Differences differences;

    /**
     * @param carried what the archive was given
     */
    public ArchiveCheck(CarriedChanges carried, Differences differences) {
        this.carried = carried;
        this.log = carried.log();
        this.differences = differences;
    }

    /** Compares the lake; returns the number of its rows. */
    public long lake(Path lake) throws SQLException {
        // Sorted before, since a stream that sorts makes all events at once for its iterator.
        List<LandedChange> inOrder = new ArrayList<>(carried.landed());
        inOrder.sort(BY_POSITION);
        Iterator<LandedEvent> expected =
                inOrder.stream()
                        .map(this::event)
                        .filter(landed -> !isDeadLetter(landed))
                        .iterator();
        long rows = 0;
        LandedEvent next = nextOf(expected);
        Properties streaming = new Properties();
        streaming.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                """
                                SELECT * FROM read_parquet('%s/*/*/*.parquet', hive_partitioning = true)
                                ORDER BY event_partition, event_offset"""
                                        .formatted(lake))) {
            while (found.next()) {
                rows++;
                int partition = found.getInt("event_partition");
                long offset = found.getLong("event_offset");
                while (next != null && isBefore(next, partition, offset)) {
                    differences.add(
                            "lake: no row for %d of partition %d (event %d)",
                            next.offset(), next.partition(), next.event().index());
                    next = nextOf(expected);
                }
                if (next == null || next.partition() != partition || next.offset() != offset) {
                    differences.add(
                            "lake: one row too many for %d of partition %d", offset, partition);
                } else {
                    compareRow(next, LakeRow.found(found));
                    next = nextOf(expected);
                }
            }
        }
        while (next != null) {
            differences.add(
                    "lake: no row for %d of partition %d (event %d)",
                    next.offset(), next.partition(), next.event().index());
            next = nextOf(expected);
        }
        return rows;
    }

    /**
     * Compares the dead letters, those of the bridge included; returns their number.
     *
     * @param published up to which event, excluded, the log was read
     */
    public long deadLetters(Properties client, long published) {
        Map<List<Long>, byte[]> awaited = carried.strangers();
        for (LandedChange change : carried.landed()) {
            LandedEvent landed = event(change);
            if (isDeadLetter(landed)) {
                awaited.put(
                        List.of((long) landed.partition(), landed.offset()), landed.event().json());
            }
        }
        // What is no JSON object never was in the topic, and is known by its bytes only.
        Map<ByteBuffer, Integer> notForwarded = new HashMap<>();
        for (GeneratedEvent event : log.events(0, published)) {
            if (!event.kind().isJsonObject()) {
                notForwarded.merge(ByteBuffer.wrap(event.json()), 1, Integer::sum);
            }
        }
        List<ConsumerRecord<byte[], byte[]>> letters =
                Strangers.without(
                        new CommittedRecords(client).read(Topic.DEAD_LETTERS.defaultName()));
        Set<List<Long>> found = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            Long partition = Headers.number(letter, DeadLetterHeaders.SOURCE_PARTITION);
            if (partition == null) {
                notForwarded.merge(ByteBuffer.wrap(letter.value()), -1, Integer::sum);
                continue;
            }
            Long offset = Headers.number(letter, DeadLetterHeaders.SOURCE_OFFSET);
            if (offset == null) {
                differences.add("dead letters: one of partition %d without its offset", partition);
                continue;
            }
            List<Long> position = List.of(partition, offset);
            // A letter may come again after a failure; its headers tell.
            found.add(position);
            boolean known = awaited.containsKey(position);
            if (!known || !Arrays.equals(awaited.get(position), letter.value())) {
                differences.add(
                        "dead letters: one too many or another than expected for %d of partition %d",
                        offset, partition);
            }
        }
        awaited.keySet().removeAll(found);
        for (List<Long> position : awaited.keySet()) {
            differences.add(
                    "dead letters: none for %d of partition %d", position.get(1), position.get(0));
        }
        notForwarded.forEach(
                (bytes, missing) -> {
                    if (missing != 0) {
                        differences.add(
                                "dead letters: %s for data of %d bytes that is no event",
                                missing > 0 ? missing + " too few" : -missing + " too many",
                                bytes.capacity());
                    }
                });
        return letters.size();
    }

    private void compareRow(LandedEvent expected, Map<String, Object> found) {
        String wanted = LakeRow.text(LakeRow.columns(expected, Topic.CHANGES.defaultName()));
        String got = LakeRow.text(found);
        if (!wanted.equals(got)) {
            differences.add("lake: a row is %s and not %s", got, wanted);
        }
    }

    private LandedEvent event(LandedChange change) {
        return new LandedEvent(
                log.event(change.index()),
                change.partition(),
                change.offset(),
                change.recordTime());
    }

    private static boolean isDeadLetter(LandedEvent landed) {
        return landed.isMalformed() || landed.isPoisoned(RankingRules.DEFAULTS.futureTolerance());
    }

    private static boolean isBefore(LandedEvent landed, int partition, long offset) {
        return landed.partition() < partition
                || landed.partition() == partition && landed.offset() < offset;
    }

    private static @Nullable LandedEvent nextOf(Iterator<LandedEvent> events) {
        return events.hasNext() ? events.next() : null;
    }
}
