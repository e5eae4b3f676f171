package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * An hour of the live stream on its way to two subtasks, with the archive's defaults, on a clock
 * that the test turns: each subtask makes a file of what it gets of a partition between two
 * checkpoints.
 */
class LiveHourTest {

    private static final String TOPIC = "wiki-changes";
    private static final int SECONDS = 3_600;
    private static final int SUBTASKS = 2;
    private static final int MOST_FILES_PER_PARTITION = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The hour's second that it is. */
    private static int second;

    @Test
    void makesAtMostSixFilesForEachPartition() throws Exception {
        ArchiveOptions options = new ArchiveOptions();
        JobCommand.parse(options, Map.of());
        Duration tolerance = options.input().futureTolerance();
        int checkpointSeconds = (int) options.fileInterval().toSeconds();
        ExpectedLake expected = ExpectedLake.ofCounts(tolerance);
        EventLog log = new EventLog(Workload.realistic());
        long start = log.workload().start().toEpochMilli();
        Map<String, Integer> filesByPartition = new TreeMap<>();
        Set<String> files = new HashSet<>();
        long rows = 0;
        second = 0;
        OneInputStreamOperatorTestHarness<RawChange, EncodedRow> parse =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new ParseChanges(
                                        TOPIC,
                                        tolerance,
                                        options.files().rows(),
                                        options.fileInterval(),
                                        () -> second * NANOS_PER_SECOND)));
        try {
            parse.open();
            Iterator<GeneratedEvent> events = log.iterator(0);
            GeneratedEvent event = events.next();
            for (; second < SECONDS; second++) {
                if (second % checkpointSeconds == 0) {
                    files.clear();
                }
                for (; event.recordTime() < start + (second + 1) * 1_000L; event = events.next()) {
                    expected.add(new LandedEvent(event, 0, event.index(), event.recordTime()));
                    parse.processElement(
                            new RawChange(
                                    event.key(),
                                    event.json(),
                                    0,
                                    event.index(),
                                    event.recordTime()),
                            event.recordTime());
                    for (EncodedRow row : parse.extractOutputValues()) {
                        rows++;
                        String folder = row.partition().folder();
                        if (files.add(folder + subtask(row))) {
                            filesByPartition.merge(folder, 1, Integer::sum);
                        }
                    }
                    parse.getOutput().clear();
                }
            }
        } finally {
            parse.close();
        }
        assertThat(rows).isEqualTo(expected.rowCount()).isGreaterThan(30 * SECONDS);
        assertThat(filesByPartition).hasSizeGreaterThan(100);
        assertThat(filesByPartition.values())
                .allMatch(count -> count <= MOST_FILES_PER_PARTITION)
                .contains(MOST_FILES_PER_PARTITION);
    }

    private static int subtask(EncodedRow row) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                row.key(),
                KeyGroupRangeAssignment.computeDefaultMaxParallelism(SUBTASKS),
                SUBTASKS);
    }
}
