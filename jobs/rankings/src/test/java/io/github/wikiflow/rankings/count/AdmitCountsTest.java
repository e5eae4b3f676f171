package io.github.wikiflow.rankings.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.LateChange;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of 10 s with 5 s of lateness: [0, 10) closes at 14,999. */
class AdmitCountsTest {

    private static final RawChange ORIGINAL = Samples.edit(0, 3, "A").raw();

    private KeyedOneInputStreamOperatorTestHarness<Integer, BucketCounts, BucketCounts> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void letsThroughUntilTheWindowClosesForGood() throws Exception {
        process(0, null);
        harness.processWatermark(new Watermark(14_998));
        process(0, ORIGINAL);
        assertThat(harness.extractOutputValues()).hasSize(2);

        harness.processWatermark(new Watermark(14_999));
        process(0, ORIGINAL);
        process(10_000, null);
        assertThat(harness.extractOutputValues()).hasSize(3);
        assertThat(harness.getSideOutput(AdmitChanges.LATE))
                .extracting(StreamRecord::getValue)
                .containsExactly(new LateChange(ORIGINAL, 0, 10_000, 14_999 - 3_000));
    }

    /** After a restart there is no watermark, and then an older one. */
    @Test
    void remembersAcrossRestartsWhatHasClosed() throws Exception {
        process(0, null);
        harness.processWatermark(new Watermark(24_999));
        for (int restart = 0; restart < 2; restart++) {
            OperatorSubtaskState state = harness.snapshot(restart, restart);
            harness.close();
            harness = harness();
            harness.initializeState(state);
            harness.open();
            process(0, ORIGINAL);
            process(10_000, ORIGINAL);
            process(20_000, null);
            harness.processWatermark(new Watermark(5_000));
            process(10_000, null);

            assertThat(harness.extractOutputValues())
                    .extracting(BucketCounts::windowStart)
                    .containsExactly(20_000L);
            assertThat(harness.getSideOutput(AdmitChanges.LATE))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(
                            new LateChange(ORIGINAL, 0, 10_000, 14_999 - 3_000),
                            new LateChange(ORIGINAL, 10_000, 20_000, 24_999 - 3_000));
        }
    }

    @Test
    void theEndOfBoundedInputPlansNothing() throws Exception {
        process(0, null);
        harness.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, BucketCounts, BucketCounts>
            harness() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new AdmitCounts(Samples.TIME)),
                BucketCounts::key,
                Types.INT);
    }

    private void process(long windowStart, RawChange original) throws Exception {
        BucketCounts counts =
                new BucketCounts(Dimension.USERS, 5, windowStart, new ItemCounts(), original);
        harness.processElement(new StreamRecord<>(counts, 3_000));
    }
}
