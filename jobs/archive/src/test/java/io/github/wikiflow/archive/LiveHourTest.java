package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.file.FileSettings;
import io.github.wikiflow.archive.file.GroupIntoFiles;
import io.github.wikiflow.archive.file.LakeFile;
import io.github.wikiflow.archive.row.LakeRow;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/**
 * An hour of the live stream through the operators of two subtasks, with the archive's defaults and
 * a checkpoint each minute, on a clock that the test turns.
 */
class LiveHourTest {

    private static final String TOPIC = "wiki-changes";
    private static final int SECONDS = 3_600;
    private static final int SECONDS_BETWEEN_CHECKPOINTS = 60;
    private static final int SUBTASKS = 2;
    private static final int MOST_FILES_PER_PARTITION = 6;
    private static final long MEMORY = 64 << 20;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    /** The hour's second that it is. */
    private static int second;

    private final Map<String, Integer> filesByPartition = new TreeMap<>();
    private long rows;

    @Test
    void makesAtMostSixFilesForEachPartition() throws Exception {
        ArchiveOptions options = new ArchiveOptions();
        JobCommand.parse(options, Map.of());
        FileSettings settings = options.files();
        Duration tolerance = options.input().futureTolerance();
        ExpectedLake expected = ExpectedLake.ofCounts(tolerance);
        EventLog log = new EventLog(Workload.realistic());
        long start = log.workload().start().toEpochMilli();
        second = 0;
        SpreadPartitions spread = new SpreadPartitions(settings, () -> second * NANOS_PER_SECOND);
        List<OneInputStreamOperatorTestHarness<LakeRow, LakeFile>> groups = new ArrayList<>();
        OneInputStreamOperatorTestHarness<RawChange, LakeRow> parse =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(new ParseChanges(TOPIC, tolerance)));
        try {
            parse.open();
            for (int subtask = 0; subtask < SUBTASKS; subtask++) {
                groups.add(group(settings));
            }
            Iterator<GeneratedEvent> events = log.iterator(0);
            GeneratedEvent event = events.next();
            for (; second < SECONDS; second++) {
                for (var group : groups) {
                    group.setProcessingTime(second * 1_000L);
                    if (second % SECONDS_BETWEEN_CHECKPOINTS == 0) {
                        long checkpoint = 1 + second / SECONDS_BETWEEN_CHECKPOINTS;
                        group.snapshot(checkpoint, second * 1_000L);
                        group.notifyOfCompletedCheckpoint(checkpoint);
                    }
                    count(group.getOutput());
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
                    for (LakeRow row : parse.extractOutputValues()) {
                        groups.get(spread.partition(row.partition(), SUBTASKS))
                                .processElement(new StreamRecord<>(row));
                    }
                    parse.getOutput().clear();
                }
            }
            for (var group : groups) {
                group.endInput();
                count(group.getOutput());
            }
        } finally {
            parse.close();
            for (var group : groups) {
                group.close();
            }
        }
        assertThat(rows).isEqualTo(expected.rowCount()).isGreaterThan(30 * SECONDS);
        assertThat(filesByPartition).hasSizeGreaterThan(100);
        assertThat(filesByPartition.values())
                .allMatch(files -> files <= MOST_FILES_PER_PARTITION)
                .contains(MOST_FILES_PER_PARTITION);
    }

    private void count(Queue<Object> files) {
        for (Object element : files) {
            LakeFile file = (LakeFile) ((StreamRecord<?>) element).getValue();
            filesByPartition.merge(file.folder(), 1, Integer::sum);
            rows += file.rows();
        }
        files.clear();
    }

    private static OneInputStreamOperatorTestHarness<LakeRow, LakeFile> group(FileSettings settings)
            throws Exception {
        OneInputStreamOperatorTestHarness<LakeRow, LakeFile> group =
                new OneInputStreamOperatorTestHarness<>(
                        new GroupIntoFiles(settings),
                        new MockEnvironmentBuilder().setManagedMemorySize(MEMORY).build());
        group.getStreamConfig()
                .setManagedMemoryFractionOperatorOfUseCase(ManagedMemoryUseCase.OPERATOR, 1.0);
        group.getStreamConfig().serializeAllConfigs();
        group.open();
        return group;
    }
}
