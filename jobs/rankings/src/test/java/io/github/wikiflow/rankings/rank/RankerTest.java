package io.github.wikiflow.rankings.rank;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.count.BucketReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RankerTest {

    private KeyedOneInputStreamOperatorTestHarness<String, BucketReport, Ranking> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
        harness.setProcessingTime(20_000);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void mergesTheBucketsIntoOneRanking() throws Exception {
        process(report(0, 10, 3, entry("C", 5), entry("A", 3)));
        process(report(1, 6, 2, entry("B", 5), entry("D", 1)));
        gather();

        assertThat(harness.extractOutputValues())
                .containsExactly(
                        new Ranking(
                                Dimension.USERS,
                                Instant.EPOCH,
                                Instant.ofEpochSecond(10),
                                Pane.EARLY,
                                false,
                                1,
                                null,
                                Instant.ofEpochMilli(20_050),
                                16,
                                5,
                                List.of(
                                        new RankingEntry(1, "B", 5, 0, null),
                                        new RankingEntry(2, "C", 5, 0, null))));
    }

    @Test
    void aNewReportOfABucketReplacesItsOldOne() throws Exception {
        process(report(0, 10, 1, entry("A", 10)));
        process(report(0, 11, 1, entry("A", 11)));
        gather();

        assertThat(harness.extractOutputValues())
                .singleElement()
                .matches(ranking -> ranking.changes() == 11 && ranking.distinct() == 1);
    }

    @Test
    void earlyRecordsAreTheUpdateIntervalApartAndOnlyForChanges() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        gather();
        process(report(0, 2, 1, entry("A", 2)));
        harness.setProcessingTime(21_049);
        assertThat(harness.extractOutputValues()).hasSize(1);
        harness.setProcessingTime(21_050);
        assertThat(harness.extractOutputValues()).hasSize(2);

        process(report(0, 2, 1, entry("A", 2)));
        harness.setProcessingTime(30_000);
        assertThat(harness.extractOutputValues()).hasSize(2);
    }

    @Test
    void goesThroughAllPanesAndThenForgets() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        gather();
        process(report(0, 2, 1, entry("A", 2)));
        harness.processWatermark(new Watermark(9_998));
        assertThat(panes()).containsExactly("EARLY");
        harness.processWatermark(new Watermark(9_999));
        assertThat(panes()).containsExactly("EARLY", "ON_TIME");
        harness.setProcessingTime(25_000);
        assertThat(panes()).as("nothing new since on time").hasSize(2);

        process(report(0, 3, 1, entry("A", 3)));
        harness.setProcessingTime(26_000);
        assertThat(panes()).containsExactly("EARLY", "ON_TIME", "LATE");

        harness.processWatermark(new Watermark(14_998));
        assertThat(panes()).hasSize(3);
        harness.processWatermark(new Watermark(14_999));
        assertThat(panes()).containsExactly("EARLY", "ON_TIME", "LATE", "LATE final");
        assertThat(harness.extractOutputValues())
                .extracting(Ranking::changes)
                .containsExactly(1L, 2L, 3L, 3L);
        assertThat(harness.extractOutputValues())
                .extracting(Ranking::watermark)
                .containsExactly(
                        null,
                        Instant.ofEpochMilli(9_999),
                        Instant.ofEpochMilli(9_999),
                        Instant.ofEpochMilli(14_999));
        assertNothingIsLeft();
    }

    @Test
    void aCorrectionThatIsNotYetOutIsInTheFinalRecord() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        harness.processWatermark(new Watermark(9_999));
        process(report(0, 2, 1, entry("A", 2)));
        harness.processWatermark(new Watermark(14_999));

        assertThat(panes()).containsExactly("ON_TIME", "LATE final");
        assertThat(harness.extractOutputValues()).last().matches(last -> last.changes() == 2);
        assertNothingIsLeft();
    }

    @Test
    void aWindowThatNobodyCorrectsIsFinalOnTime() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        harness.processWatermark(new Watermark(9_999));
        harness.processWatermark(new Watermark(14_999));

        assertThat(panes()).containsExactly("ON_TIME", "ON_TIME final");
        assertNothingIsLeft();
    }

    @Test
    void aWindowThatEndsAndClosesInOneStepHasOneRecord() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        harness.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(panes()).containsExactly("ON_TIME final");
        assertThat(harness.extractOutputValues())
                .singleElement()
                .matches(ranking -> ranking.watermark().equals(Instant.ofEpochMilli(14_999)));
        assertNothingIsLeft();
    }

    @Test
    void revisionsCountAndDoNotDependOnTheClock() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        gather();
        harness.processWatermark(new Watermark(9_999));
        harness.processWatermark(new Watermark(14_999));

        assertThat(harness.extractOutputValues())
                .extracting(Ranking::revision)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aFinalRecordIsValidEvenIfTheMachineThatWroteItIsBehind() throws Exception {
        process(report(0, 1, 1, entry("A", 1)));
        OperatorSubtaskState state = harness.snapshot(1, 1);
        gather();
        Ranking early = harness.extractOutputValues().get(0);
        harness.close();

        harness = harness();
        harness.setProcessingTime(1);
        harness.initializeState(state);
        harness.open();
        harness.processWatermark(new Watermark(14_999));

        Ranking last = harness.extractOutputValues().get(0);
        assertThat(last.isFinal()).isTrue();
        assertThat(last.emittedAt()).isBefore(early.emittedAt());
        assertThat(last.replaces(early)).isTrue();
        assertThat(early.replaces(last)).isFalse();
    }

    @Test
    void aFinalWindowIsNeverOpenedAgain() throws Exception {
        process(reportOf(10_000, 0, 1, 1, entry("A", 1)));
        harness.processWatermark(new Watermark(24_999));
        process(reportOf(10_000, 0, 2, 1, entry("A", 2)), report(0, 1, 1, entry("B", 1)));
        process(reportOf(20_000, 0, 1, 1, entry("C", 1)));
        harness.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(harness.extractOutputValues())
                .filteredOn(Ranking::isFinal)
                .extracting(ranking -> ranking.windowStart().toEpochMilli())
                .containsExactly(10_000L, 20_000L);
    }

    /** Also if both windows are closed by one watermark, in which case the older is final first. */
    @Test
    void entriesSayWhereTheyStoodInTheWindowBefore() throws Exception {
        process(report(0, 10, 2, entry("A", 6), entry("B", 4)));
        process(reportOf(10_000, 0, 9, 2, entry("B", 5), entry("C", 4)));
        process(reportOf(30_000, 0, 1, 1, entry("B", 1)));
        harness.processWatermark(Watermark.MAX_WATERMARK);

        assertThat(harness.extractOutputValues())
                .extracting(Ranking::top)
                .containsExactly(
                        List.of(entry("A", 6), entry("B", 4).at(2, null)),
                        List.of(entry("B", 5).at(1, new Place(2, 4)), entry("C", 4).at(2, null)),
                        List.of(entry("B", 1)));
        assertNothingIsLeft();
    }

    /** Once the next window would have been final as well, and what was planned has come. */
    private void assertNothingIsLeft() throws Exception {
        harness.processWatermark(new Watermark(24_999));
        harness.setProcessingTime(100_000);
        assertThat(harness.numKeyedStateEntries()).as("the last final window").isOne();
        assertThat(harness.numEventTimeTimers()).isZero();
        assertThat(harness.numProcessingTimeTimers()).isZero();
    }

    private void gather() throws Exception {
        harness.setProcessingTime(20_000 + Ranker.GATHERING_MILLIS);
    }

    private List<String> panes() {
        return harness.extractOutputValues().stream()
                .map(ranking -> ranking.pane() + (ranking.isFinal() ? " final" : ""))
                .toList();
    }

    private void process(BucketReport... reports) throws Exception {
        for (BucketReport report : reports) {
            harness.processElement(new StreamRecord<>(report));
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, BucketReport, Ranking> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new Ranker(Samples.TIME, 2, Duration.ofSeconds(1))),
                Ranker::key,
                Types.STRING);
    }

    private static BucketReport report(
            int bucket, long changes, long distinct, RankingEntry... top) {
        return reportOf(0, bucket, changes, distinct, top);
    }

    private static BucketReport reportOf(
            long window, int bucket, long changes, long distinct, RankingEntry... top) {
        return new BucketReport(Dimension.USERS, bucket, window, changes, distinct, List.of(top));
    }

    private static RankingEntry entry(String name, long count) {
        return new RankingEntry(1, name, count, 0, null);
    }
}
