package io.github.wikiflow.archive.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.row.LakeRow;
import io.github.wikiflow.archive.row.RowEncoder;
import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.lake.LakePartition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.runtime.metrics.groups.InternalOperatorMetricGroup;
import org.apache.flink.runtime.metrics.groups.UnregisteredMetricGroups.UnregisteredTaskMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GroupIntoFilesTest {

    private static final int ROWS_PER_FILE = 1_000;
    private static final Duration INTERVAL = Duration.ofMinutes(10);
    private static final long MEMORY = 4 << 20;

    /** When each change was made. */
    private static final long CHANGED_MILLIS = 7_000;

    private final Random random = new Random(1);

    @Test
    void holdsRowsUntilTheFirstOfTheirPartitionHasWaitedLongEnough() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", 3);
            harness.setProcessingTime(60_000);
            harness.add("a", 4);
            harness.add("b", 2);
            harness.setProcessingTime(INTERVAL.toMillis() - 1);
            assertThat(harness.rowsByFolder()).isEmpty();
            harness.setProcessingTime(INTERVAL.toMillis() + 1_000);
            assertThat(harness.rowsByFolder()).containsExactly("a 7");
            harness.setProcessingTime(INTERVAL.toMillis() + 61_000);
            assertThat(harness.rowsByFolder()).containsExactly("a 7", "b 2");
        }
    }

    @Test
    void writesAFileAsSoonAsItIsFull() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", ROWS_PER_FILE + 1);
            assertThat(harness.rowsByFolder()).containsExactly("a " + ROWS_PER_FILE);
        }
    }

    @Test
    void writesEverythingAtTheEndOfTheInput() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", 1);
            harness.add(null, 2);
            harness.endInput();
            assertThat(harness.rowsByFolder())
                    .containsExactly("a 1", LakePartition.NULL_VALUE + " 2");
        }
    }

    @Test
    void writesTheLargestPartitionWhenMemoryRunsOut() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("small", 10);
            for (int i = 0; harness.rowsByFolder().isEmpty(); i++) {
                assertThat(i).as("rows in %d bytes of memory", MEMORY).isLessThan(20_000);
                harness.add("large", 2);
                harness.add("medium", 1);
            }
            assertThat(harness.rowsByFolder()).hasSize(1).first().asString().startsWith("large ");
        }
    }

    @Test
    void survivesManyPartitionsInLittleMemory() throws Exception {
        int partitions = 900;
        int rows = 20;
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            for (int row = 0; row < rows; row++) {
                for (int partition = 0; partition < partitions; partition++) {
                    harness.add("server" + partition, 1);
                }
            }
            harness.endInput();
            assertThat(harness.rows()).isEqualTo(partitions * rows);
        }
    }

    @Test
    void takesARowThatIsLargerThanAllItsMemory() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", 1);
            harness.addRow("a", (int) MEMORY * 2);
            harness.add("a", 1);
            harness.endInput();
            assertThat(harness.rows()).isEqualTo(3);
        }
    }

    @Test
    void goesOnWithWhatACheckpointHeld() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", 200);
            harness.add(null, 3);
            checkpoint = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness(MEMORY)) {
            harness.initializeState(checkpoint);
            harness.open();
            harness.add("a", 5);
            assertThat(harness.rowsByFolder()).isEmpty();
            harness.setProcessingTime(INTERVAL.toMillis() + 1_000);
            assertThat(harness.rowsByFolder())
                    .containsExactlyInAnyOrder("a 205", LakePartition.NULL_VALUE + " 3");
        }
    }

    @Test
    void goesOnWithLessMemoryThanACheckpointHeld() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Harness harness = new Harness(4 * MEMORY)) {
            harness.open();
            for (int partition = 0; partition < 20; partition++) {
                harness.add("server" + partition, 250);
            }
            assertThat(harness.rowsByFolder()).isEmpty();
            checkpoint = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness(MEMORY)) {
            harness.initializeState(checkpoint);
            harness.open();
            harness.endInput();
            assertThat(harness.rows()).isEqualTo(20 * 250);
        }
    }

    @Test
    void measuresWhatItHoldsAndHowOldItIs() throws Exception {
        try (Harness harness = new Harness(MEMORY)) {
            harness.open();
            harness.add("a", 30);
            harness.add("b", 2);
            assertThat(harness.gauge("open-partitions")).isEqualTo(2);
            // The page of a's full blocks; what else it has and b's rows are too few for one.
            assertThat(harness.gauge("held-bytes"))
                    .isEqualTo((long) MemoryManager.DEFAULT_PAGE_SIZE);
            harness.setProcessingTime(INTERVAL.toMillis());
            assertThat(harness.rowsByFolder()).containsExactlyInAnyOrder("a 30", "b 2");
            assertThat(harness.gauge("open-partitions")).isEqualTo(0);
            assertThat(harness.gauge("held-bytes")).isEqualTo(0L);
            Histogram latency = (Histogram) harness.metrics.get("event-latency-ms");
            assertThat(latency.getCount()).isEqualTo(32);
            assertThat(latency.getStatistics().getMin())
                    .isEqualTo(latency.getStatistics().getMax())
                    .isEqualTo(INTERVAL.toMillis() - CHANGED_MILLIS);
        }
    }

    /** The operator alone; its memory must all have been given back when it is closed. */
    private final class Harness extends OneInputStreamOperatorTestHarness<LakeRow, LakeFile> {
        private final MockEnvironment environment;
        private final RowEncoder encoder = new RowEncoder("topic");

        private final InterceptingOperatorMetricGroup metrics;

        Harness(long memory) throws Exception {
            this(memory, new InterceptingOperatorMetricGroup());
        }

        private Harness(long memory, InterceptingOperatorMetricGroup metrics) throws Exception {
            this(
                    new MockEnvironmentBuilder()
                            .setManagedMemorySize(memory)
                            .setMetricGroup(
                                    new UnregisteredTaskMetricGroup() {
                                        @Override
                                        public InternalOperatorMetricGroup getOrAddOperator(
                                                OperatorID id,
                                                String name,
                                                Map<String, String> variables) {
                                            return metrics;
                                        }
                                    })
                            .build(),
                    metrics);
        }

        private Harness(MockEnvironment environment, InterceptingOperatorMetricGroup metrics)
                throws Exception {
            super(
                    new GroupIntoFiles(
                            new FileSettings(INTERVAL, ROWS_PER_FILE, Compression.ZSTD, 3)),
                    environment);
            this.environment = environment;
            this.metrics = metrics;
            getStreamConfig()
                    .setManagedMemoryFractionOperatorOfUseCase(ManagedMemoryUseCase.OPERATOR, 1.0);
            getStreamConfig().serializeAllConfigs();
        }

        void add(String server, int rows) throws Exception {
            for (int i = 0; i < rows; i++) {
                addRow(server, 900);
            }
        }

        /** Adds a row with so many random characters, which cannot be compressed much. */
        void addRow(String server, int bytes) throws Exception {
            byte[] noise = new byte[bytes * 3 / 4];
            random.nextBytes(noise);
            byte[] json =
                    ("{\"meta\":{},\"timestamp\":7,\"title\":\""
                                    + Base64.getEncoder().encodeToString(noise)
                                    + "\"}")
                            .getBytes(StandardCharsets.UTF_8);
            byte[] row =
                    encoder.encode(
                            new RawChange(null, json, 0, 0, CHANGED_MILLIS),
                            new ChangeReader().read(json));
            processElement(new StreamRecord<>(new LakeRow(0, server, row)));
        }

        Object gauge(String name) {
            return ((Gauge<?>) metrics.get(name)).getValue();
        }

        List<String> rowsByFolder() {
            return extractOutputValues().stream()
                    .map(
                            file ->
                                    file.folder().substring(file.folder().lastIndexOf('=') + 1)
                                            + " "
                                            + file.rows())
                    .toList();
        }

        int rows() {
            return extractOutputValues().stream().mapToInt(LakeFile::rows).sum();
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (Exception e) {
                throw new AssertionError("the operator did not close", e);
            }
            assertThat(environment.getMemoryManager().verifyEmpty()).isTrue();
        }
    }
}
