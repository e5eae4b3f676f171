package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // The harness may be interrupted while it closes, as anything may.
class ShareWatermarksTest {

    private static final long INTERVAL = ShareWatermarks.INTERVAL.toMillis();

    private static final List<String> TOLD = new ArrayList<>();
    private static CompletableFuture<Long> answer;

    @BeforeEach
    void nothingIsKnown() {
        TOLD.clear();
        answer = CompletableFuture.completedFuture(WatermarkExchange.UNKNOWN);
    }

    @Test
    void handsOnChangesAndTheSourcesWatermarksAndTellsThem() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processElement(new StreamRecord<>(Samples.edit(0, 1, "A"), 1_000));
            harness.processWatermark(new Watermark(100));
            harness.setProcessingTime(INTERVAL);

            assertThat(harness.extractOutputValues()).hasSize(1);
            assertThat(watermarks(harness)).containsExactly(100L);
            assertThat(TOLD).containsExactly("100");
        }
    }

    @Test
    void anIdleSubtaskFollowsTheOthersAndNeverGoesBack() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processWatermark(new Watermark(100));
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            answer = CompletableFuture.completedFuture(500L);
            harness.setProcessingTime(INTERVAL);
            harness.setProcessingTime(2 * INTERVAL);
            assertThat(TOLD).containsExactly("100 idle", "100 idle");
            assertThat(watermarks(harness)).containsExactly(100L, 500L);

            harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
            harness.processWatermark(new Watermark(200));
            answer = CompletableFuture.completedFuture(900L);
            harness.setProcessingTime(3 * INTERVAL);
            harness.setProcessingTime(4 * INTERVAL);
            assertThat(TOLD).endsWith("200", "200");
            assertThat(watermarks(harness)).containsExactly(100L, 500L);

            harness.processWatermark(new Watermark(501));
            assertThat(watermarks(harness)).containsExactly(100L, 500L, 501L);
        }
    }

    @Test
    void waitsWhenNobodyAnswersAndAsksAgain() throws Exception {
        try (var harness = harness(1, 0)) {
            harness.open();
            harness.processWatermarkStatus(WatermarkStatus.IDLE);
            answer = new CompletableFuture<>();
            harness.setProcessingTime(INTERVAL);
            harness.setProcessingTime(2 * INTERVAL);
            assertThat(TOLD).as("one question at a time").hasSize(1);

            answer.completeExceptionally(new IOException("no master"));
            answer = CompletableFuture.completedFuture(7L);
            harness.setProcessingTime(3 * INTERVAL);
            assertThat(TOLD).hasSize(2);
            harness.setProcessingTime(4 * INTERVAL);
            assertThat(watermarks(harness)).containsExactly(7L);
        }
    }

    @Test
    void eventTimeGoesOnWhereTheLeastSubtaskWasWhenTheJobRestarts() throws Exception {
        OperatorSubtaskState state;
        try (var first = harness(2, 0);
                var second = harness(2, 1)) {
            first.open();
            second.open();
            first.processWatermark(new Watermark(300));
            second.processWatermark(new Watermark(200));
            second.processWatermark(Watermark.MAX_WATERMARK);
            state =
                    AbstractStreamOperatorTestHarness.repackageState(
                            first.snapshot(1, 1), second.snapshot(1, 1));
        }
        try (var harness = harness(3, 2)) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 4, 2, 3, 2));
            harness.open();
            assertThat(watermarks(harness)).containsExactly(200L);
            harness.processWatermark(new Watermark(150));
            assertThat(watermarks(harness)).containsExactly(200L);
        }
    }

    private static List<Long> watermarks(
            OneInputStreamOperatorTestHarness<Change, Change> harness) {
        return harness.getOutput().stream()
                .filter(each -> !(each instanceof StreamRecord))
                .map(each -> ((Watermark) each).getTimestamp())
                .toList();
    }

    private static OneInputStreamOperatorTestHarness<Change, Change> harness(
            int parallelism, int subtask) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ShareWatermarks(new ScriptedExchange()), 4, parallelism, subtask);
    }

    /** Remembers what it is told and answers as the test says. */
    private static final class ScriptedExchange implements WatermarkExchange {

        private static final long serialVersionUID = 1L;

        @Override
        public void open(StreamingRuntimeContext context) {}

        @Override
        public CompletableFuture<Long> share(long watermark, boolean idle) {
            TOLD.add(watermark + (idle ? " idle" : ""));
            return answer;
        }

        @Override
        public void close() {}
    }
}
