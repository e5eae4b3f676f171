package io.github.wikiflow.rankings.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.change.Change;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalCounterTest {

    private OneInputStreamOperatorTestHarness<Change, BucketCounts> harness;

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void countsPerDimensionWindowAndItem() throws Exception {
        open(EnumSet.allOf(Dimension.class));
        process(
                Samples.edit(0, 1, "A"),
                Samples.edit(0, 2, "A"),
                Samples.change(0, 3, "edit", "A", true),
                Samples.edit(0, 4, null),
                Samples.edit(0, 11, "A"));
        harness.processWatermark(new Watermark(1));

        assertThat(places(Dimension.USERS, 0)).containsExactly(entry("A", 3, 1, null));
        assertThat(places(Dimension.HUMANS, 0)).containsExactly(entry("A", 2, 0, null));
        assertThat(places(Dimension.PAGES, 0)).containsExactly(entry("Page", 4, 0, "enwiki"));
        assertThat(places(Dimension.WIKIS, 0)).containsExactly(entry("enwiki", 4, 0, null));
        assertThat(places(Dimension.USERS, 10_000)).containsExactly(entry("A", 1, 0, null));
        assertThat(changes(Dimension.USERS, 0)).isEqualTo(4);
        assertThat(changes(Dimension.HUMANS, 0)).isEqualTo(3);
        assertThat(harness.getOutput()).last().isEqualTo(new Watermark(1));
    }

    @Test
    void flushesBeforeEveryWatermarkBarrierAndIdleTime() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        process(Samples.edit(0, 1, "A"));
        harness.processWatermark(new Watermark(1));
        process(Samples.edit(0, 1, "A"));
        harness.prepareSnapshotPreBarrier(1);
        process(Samples.edit(0, 1, "A"));
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        process(Samples.edit(0, 1, "A"));
        harness.endInput();
        harness.getOperator().finish();

        assertThat(harness.extractOutputValues()).hasSize(4);
        assertThat(harness.getOutput())
                .map(Object::getClass)
                .map(Class::getSimpleName)
                .containsExactly(
                        "StreamRecord",
                        "Watermark",
                        "StreamRecord",
                        "StreamRecord",
                        "WatermarkStatus",
                        "StreamRecord");
    }

    @Test
    void flushesWhenNothingElseMakesItFlush() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        harness.setProcessingTime(1_000);
        process(Samples.edit(0, 1, "A"));
        harness.setProcessingTime(999 + LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).isEmpty();
        harness.setProcessingTime(1_000 + LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(1);

        process(Samples.edit(0, 1, "A"));
        harness.setProcessingTime(2_000 + LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(2);
    }

    @Test
    void aFlushForAnotherReasonStandsForThePlannedOne() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        process(Samples.edit(0, 1, "A"));
        harness.setProcessingTime(LocalCounter.PATIENCE_MILLIS / 2);
        harness.processWatermark(new Watermark(1));
        process(Samples.edit(0, 2, "A"));
        harness.setProcessingTime(LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(1);
        harness.setProcessingTime(2 * LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(2);
        harness.setProcessingTime(10 * LocalCounter.PATIENCE_MILLIS);
        assertThat(harness.extractOutputValues()).hasSize(2);
    }

    @Test
    void holdsNoMoreThanTheMaximumOfItems() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        for (int user = 0; user <= LocalCounter.MAX_ITEMS; user++) {
            process(Samples.edit(0, 1, "user " + user));
        }
        assertThat(changes(Dimension.USERS, 0)).isEqualTo(LocalCounter.MAX_ITEMS + 1);
    }

    @Test
    void theEndOfTimeEndsOnlyWhatIsBounded() throws Exception {
        open(EnumSet.of(Dimension.USERS), false);
        process(Samples.edit(0, 1, "A"));
        harness.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(harness.getOutput()).doesNotContain(Watermark.MAX_WATERMARK);
        harness.close();

        open(EnumSet.of(Dimension.USERS), true);
        process(Samples.edit(0, 1, "A"));
        harness.processWatermark(Watermark.MAX_WATERMARK);
        assertThat(harness.extractOutputValues()).hasSize(1);
        assertThat(harness.getOutput()).last().isEqualTo(Watermark.MAX_WATERMARK);
    }

    /** By the clock at 30 s, the window [10, 20), which closes at 24,999, may be closed. */
    @Test
    void whatComesAfterIdleTimeBringsItsOriginalIfItsWindowMayBeClosed() throws Exception {
        open(EnumSet.of(Dimension.USERS, Dimension.HUMANS));
        harness.setProcessingTime(30_000);
        process(Samples.edit(0, 12, "never idle"));
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        process(Samples.edit(0, 12, "A"), Samples.edit(0, 27, "B"));
        harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
        process(Samples.edit(0, 13, "C"));
        harness.processWatermark(new Watermark(1));

        assertThat(harness.extractOutputValues())
                .filteredOn(counts -> counts.original() != null)
                .extracting(counts -> FirstPlaces.of(counts.counts(), 1).get(0).name())
                .containsExactly("A", "C");
        assertThat(changes(Dimension.USERS, 10_000)).isEqualTo(3);
        assertThat(changes(Dimension.HUMANS, 10_000)).isEqualTo(3);
        assertThat(changes(Dimension.USERS, 20_000)).isEqualTo(1);
    }

    /** Nobody can tell how far the job was, but not beyond the greatest of all watermarks. */
    @Test
    void afterARestartThatFollowsIdleTimeOriginalsGoWithWhatTheJobMayHavePassed() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        harness.setProcessingTime(40_000);
        harness.processWatermarkStatus(WatermarkStatus.IDLE);
        OperatorSubtaskState idle = harness.snapshot(1, 1);
        harness.close();
        open(EnumSet.of(Dimension.USERS));
        harness.processWatermark(new Watermark(24_999));
        OperatorSubtaskState ahead = harness.snapshot(1, 1);
        harness.close();

        OperatorSubtaskState state = AbstractStreamOperatorTestHarness.repackageState(idle, ahead);
        for (int restart = 0; restart < 2; restart++) {
            harness = harness(EnumSet.of(Dimension.USERS), false);
            harness.initializeState(state);
            harness.open();
            process(Samples.edit(0, 12, "may be closed"), Samples.edit(0, 27, "is open"));
            harness.processWatermark(new Watermark(1));
            assertThat(harness.extractOutputValues())
                    .filteredOn(counts -> counts.original() != null)
                    .extracting(counts -> FirstPlaces.of(counts.counts(), 1).get(0).name())
                    .containsExactly("may be closed");
            state = harness.snapshot(2, 2);
            harness.close();
        }
    }

    @Test
    void afterARestartWithoutIdleTimeNoOriginalGoesAlong() throws Exception {
        open(EnumSet.of(Dimension.USERS));
        harness.processWatermark(new Watermark(24_999));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        harness.close();
        harness = harness(EnumSet.of(Dimension.USERS), false);
        harness.initializeState(state);
        harness.open();
        process(Samples.edit(0, 12, "A"));
        harness.processWatermark(new Watermark(1));
        assertThat(harness.extractOutputValues())
                .singleElement()
                .extracting(BucketCounts::original)
                .isNull();
    }

    private void open(Set<Dimension> dimensions) throws Exception {
        open(dimensions, false);
    }

    private void open(Set<Dimension> dimensions, boolean bounded) throws Exception {
        harness = harness(dimensions, bounded);
        harness.open();
    }

    private static OneInputStreamOperatorTestHarness<Change, BucketCounts> harness(
            Set<Dimension> dimensions, boolean bounded) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new LocalCounter(Samples.TIME, dimensions, bounded, Duration.ofSeconds(1)));
    }

    private void process(Change... changes) throws Exception {
        for (Change change : changes) {
            harness.processElement(new StreamRecord<>(change, change.eventTime()));
        }
    }

    private List<RankingEntry> places(Dimension dimension, long windowStart) {
        return harness.extractOutputValues().stream()
                .filter(counts -> isOf(counts, dimension, windowStart))
                .flatMap(counts -> FirstPlaces.of(counts.counts(), 10).stream())
                .toList();
    }

    private long changes(Dimension dimension, long windowStart) {
        return harness.extractOutputValues().stream()
                .filter(counts -> isOf(counts, dimension, windowStart))
                .mapToLong(counts -> counts.counts().changes())
                .sum();
    }

    private static boolean isOf(BucketCounts counts, Dimension dimension, long windowStart) {
        return counts.dimension() == dimension && counts.windowStart() == windowStart;
    }

    private static RankingEntry entry(String name, long count, long botCount, String wiki) {
        return new RankingEntry(1, name, count, botCount, wiki);
    }
}
