package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.change.LateChange;
import io.github.wikiflow.rankings.change.LateChangeSerializer;
import io.github.wikiflow.rankings.change.PartitionWatermark;
import io.github.wikiflow.rankings.count.BucketCounts;
import io.github.wikiflow.rankings.count.BucketCountsSerializer;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.BucketReportSerializer;
import io.github.wikiflow.rankings.count.Buckets;
import io.github.wikiflow.rankings.count.CountItems;
import io.github.wikiflow.rankings.count.ItemCountsSerializer;
import io.github.wikiflow.rankings.count.LateCounts;
import io.github.wikiflow.rankings.count.LocalCounter;
import io.github.wikiflow.rankings.count.PaneTrigger;
import io.github.wikiflow.rankings.count.ReportBucket;
import io.github.wikiflow.rankings.rank.Ranker;
import io.github.wikiflow.rankings.rank.RankingSerializer;
import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.OutputTag;

/**
 * The graph from changes to rankings.
 *
 * <pre>
 * changes
 *   -> admit changes          late ones leave here for a topic of their own
 *   -> count locally          per dimension, window and item, before the exchange
 *   -> keyBy dimension and bucket of the item
 *   -> count in windows       Flink's window operator; each bucket reports its first places, and what
 *                             is late after all, since its partition was idle, leaves here
 *   -> keyBy dimension
 *   -> rank                   merges the buckets' reports
 * </pre>
 *
 * @param rankings every record of every ranking
 * @param late the changes that came too late for their window
 */
record RankingsTopology(DataStream<Ranking> rankings, DataStream<LateChange> late) {

    static final String ADMIT_CHANGES = "admit-changes";
    static final String COUNT_LOCALLY = "count-locally";
    static final String COUNT_IN_WINDOWS = "count-in-windows";
    static final String LATE_AFTER_EXCHANGE = "late-after-exchange";
    static final String RANK = "rank";

    private static final OutputTag<BucketCounts> LATE_COUNTS =
            new OutputTag<>("late-counts", BucketCountsSerializer.TYPE);

    /**
     * Adds the graph to the environment of the changes.
     *
     * @param changes with watermarks as {@link #watermarks} makes them, the changes of each
     *     partition in their order
     */
    static RankingsTopology of(DataStream<Change> changes, RankingsSettings settings) {
        EventTime eventTime = settings.eventTime();
        SingleOutputStreamOperator<Change> admitted =
                changes.transform(
                                ADMIT_CHANGES,
                                ChangeSerializer.TYPE,
                                new AdmitChanges(eventTime, settings.types()))
                        .uid(ADMIT_CHANGES);
        SingleOutputStreamOperator<BucketReport> reports =
                countInWindows(countLocally(admitted, settings), settings);
        DataStream<LateChange> lateAfterExchange =
                reports.getSideOutput(LATE_COUNTS)
                        .process(new LateCounts(eventTime), LateChangeSerializer.TYPE)
                        .name(LATE_AFTER_EXCHANGE)
                        .uid(LATE_AFTER_EXCHANGE);
        return new RankingsTopology(
                rank(reports, settings),
                admitted.getSideOutput(AdmitChanges.LATE).union(lateAfterExchange));
    }

    /** The part of the graph that follows once late changes have been sorted out. */
    static DataStream<Ranking> rankings(DataStream<Change> admitted, RankingsSettings settings) {
        return rank(countInWindows(countLocally(admitted, settings), settings), settings);
    }

    private static DataStream<BucketCounts> countLocally(
            DataStream<Change> admitted, RankingsSettings settings) {
        return admitted.transform(
                        COUNT_LOCALLY,
                        BucketCountsSerializer.TYPE,
                        new LocalCounter(
                                settings.eventTime(),
                                settings.dimensions(),
                                settings.bounded(),
                                settings.futureTolerance()))
                .uid(COUNT_LOCALLY);
    }

    static SingleOutputStreamOperator<BucketReport> countInWindows(
            DataStream<BucketCounts> counts, RankingsSettings settings) {
        return counts.keyBy(each -> Buckets.key(each.dimension(), each.bucket()), Types.INT)
                .window(TumblingEventTimeWindows.of(settings.eventTime().window()))
                .allowedLateness(settings.eventTime().allowedLateness())
                .sideOutputLateData(LATE_COUNTS)
                .trigger(new PaneTrigger(settings.updateInterval()))
                .aggregate(
                        new CountItems(),
                        new ReportBucket(settings.places()),
                        ItemCountsSerializer.TYPE,
                        ItemCountsSerializer.TYPE,
                        BucketReportSerializer.TYPE)
                .name(COUNT_IN_WINDOWS)
                .uid(Buckets.operatorId(COUNT_IN_WINDOWS));
    }

    static SingleOutputStreamOperator<Ranking> rank(
            DataStream<BucketReport> reports, RankingsSettings settings) {
        return reports.keyBy(Ranker::key, Types.STRING)
                .process(
                        new Ranker(
                                settings.eventTime(), settings.places(), settings.updateInterval()),
                        RankingSerializer.TYPE)
                .name(RANK)
                .uid(Buckets.operatorId(RANK));
    }

    /** The event time of changes: a watermark per partition, which waits for all of them. */
    static WatermarkStrategy<Change> watermarks(EventTime eventTime) {
        return WatermarkStrategy.<Change>forGenerator(context -> new PartitionWatermark(eventTime))
                .withTimestampAssigner((change, recordTime) -> change.eventTime());
    }
}
