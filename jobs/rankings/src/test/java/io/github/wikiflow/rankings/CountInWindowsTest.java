package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.rankings.count.BucketCounts;
import io.github.wikiflow.rankings.count.BucketCountsSerializer;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.ItemCounts;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Flink's window operator with this job's trigger, state and function, on both state backends. */
@SuppressWarnings("try") // The harness may be interrupted while it closes, as anything may.
class CountInWindowsTest {

    private static final int BUCKET = 5;

    @ParameterizedTest
    @MethodSource("backends")
    void reportsEarlyOnTimeAndAfterEachCorrectionAndThenForgets(StateBackend backend)
            throws Exception {
        try (var harness = harness(backend)) {
            harness.open();
            harness.setProcessingTime(10_300);
            process(harness, "A", 2);
            process(harness, "B", 1);
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.setProcessingTime(11_000);
            assertThat(harness.extractOutputValues()).containsExactly(report(3, "A", 2, "B", 1));
            harness.setProcessingTime(13_000);
            assertThat(harness.extractOutputValues()).as("nothing has changed").hasSize(1);

            process(harness, "B", 2);
            harness.processWatermark(new Watermark(9_998));
            assertThat(harness.extractOutputValues()).hasSize(1);
            harness.processWatermark(new Watermark(9_999));
            assertThat(harness.extractOutputValues())
                    .hasSize(2)
                    .last()
                    .isEqualTo(report(5, "B", 3, "A", 2));
            assertThat(harness.getOutput()).last().isEqualTo(new Watermark(9_999));
            assertThat(harness.numProcessingTimeTimers()).isZero();

            harness.processWatermark(new Watermark(14_998));
            process(harness, "A", 2);
            assertThat(harness.extractOutputValues())
                    .hasSize(3)
                    .last()
                    .isEqualTo(report(7, "A", 4, "B", 3));

            harness.processWatermark(new Watermark(14_999));
            assertThat(harness.extractOutputValues()).hasSize(3);
            if (backend instanceof HashMapStateBackend) {
                assertThat(harness.numKeyedStateEntries()).isZero();
            }
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void anEarlyReportThatIsStillPlannedGoesWithItsWindow() throws Exception {
        try (var harness = harness(new HashMapStateBackend())) {
            harness.open();
            harness.setProcessingTime(10_300);
            process(harness, "A", 2);
            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void goesOnAfterARestart(StateBackend backend) throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(backend)) {
            harness.open();
            process(harness, "A", 2);
            state = harness.snapshot(1, 1);
            process(harness, "B", 100);
        }
        try (var harness = harness(backend)) {
            harness.initializeState(state);
            harness.open();
            process(harness, "B", 1);
            harness.processWatermark(new Watermark(9_999));

            assertThat(harness.extractOutputValues()).containsExactly(report(3, "A", 2, "B", 1));
        }
    }

    static List<StateBackend> backends() {
        return List.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    @SuppressWarnings("unchecked") // The graph forgets what the function returns.
    private static KeyedOneInputStreamOperatorTestHarness<Integer, BucketCounts, BucketReport>
            harness(StateBackend backend) throws Exception {
        var environment = StreamExecutionEnvironment.getExecutionEnvironment();
        var counts = environment.fromData(BucketCountsSerializer.TYPE, counts("A", 1));
        var windows =
                (OneInputTransformation<BucketCounts, BucketReport>)
                        RankingsTopology.countInWindows(
                                        RankingsTopology.byBucket(counts), Samples.SETTINGS)
                                .getTransformation();
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        windows.getOperatorFactory(), BucketCounts::key, Types.INT);
        harness.setStateBackend(backend);
        return harness;
    }

    private static void process(
            KeyedOneInputStreamOperatorTestHarness<Integer, BucketCounts, BucketReport> harness,
            String user,
            long changes)
            throws Exception {
        harness.processElement(new StreamRecord<>(counts(user, changes), 0));
    }

    private static BucketCounts counts(String user, long changes) {
        return new BucketCounts(
                Dimension.USERS,
                BUCKET,
                0,
                Samples.count(new ItemCounts(), user, changes, 0),
                null);
    }

    private static BucketReport report(
            long changes, String first, long firstCount, String second, long secondCount) {
        return new BucketReport(
                Dimension.USERS,
                BUCKET,
                0,
                changes,
                2,
                List.of(
                        new RankingEntry(1, first, firstCount, 0, null),
                        new RankingEntry(2, second, secondCount, 0, null)));
    }
}
