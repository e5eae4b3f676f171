package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.change.LateChange;
import io.github.wikiflow.rankings.change.PartitionWatermark;
import io.github.wikiflow.rankings.count.AdmitCounts;
import io.github.wikiflow.rankings.count.BucketCounts;
import io.github.wikiflow.rankings.count.BucketCountsSerializer;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.BucketReportSerializer;
import io.github.wikiflow.rankings.count.Buckets;
import io.github.wikiflow.rankings.count.CountItems;
import io.github.wikiflow.rankings.count.ItemCountsSerializer;
import io.github.wikiflow.rankings.count.LocalCounter;
import io.github.wikiflow.rankings.count.PaneTrigger;
import io.github.wikiflow.rankings.count.ReportBucket;
import io.github.wikiflow.rankings.rank.Ranker;
import io.github.wikiflow.rankings.rank.RankingSerializer;
import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The graph from changes to rankings.
 *
 * <pre>
 * changes
 *   -> admit changes          late ones leave here for a topic of their own
 *   -> count locally          per dimension, window and item, before the exchange
 *   -> keyBy dimension and bucket of the item
 *   -> admit counts           what is late after all, since its partition was idle, leaves here
 *   -> count in windows       Flink's window operator; each bucket reports its first places
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
    static final String ADMIT_COUNTS = "admit-counts";
    static final String COUNT_IN_WINDOWS = "count-in-windows";
    static final String RANK = "rank";

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
        SingleOutputStreamOperator<BucketCounts> counts =
                byBucket(countLocally(admitted, settings))
                        .process(new AdmitCounts(eventTime), BucketCountsSerializer.TYPE)
                        .name(ADMIT_COUNTS)
                        .uid(Buckets.operatorId(ADMIT_COUNTS));
        // The counts stay in the subtask of their bucket.
        KeyedStream<BucketCounts, Integer> open =
                DataStreamUtils.reinterpretAsKeyedStream(counts, BucketCounts::key, Types.INT);
        return new RankingsTopology(
                rank(countInWindows(open, settings), settings),
                admitted.getSideOutput(AdmitChanges.LATE)
                        .union(counts.getSideOutput(AdmitChanges.LATE)));
    }

    /** The part of the graph that follows once late changes have been sorted out. */
    static DataStream<Ranking> rankings(DataStream<Change> admitted, RankingsSettings settings) {
        return rank(countInWindows(byBucket(countLocally(admitted, settings)), settings), settings);
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

    static KeyedStream<BucketCounts, Integer> byBucket(DataStream<BucketCounts> counts) {
        return counts.keyBy(BucketCounts::key, Types.INT);
    }

    static SingleOutputStreamOperator<BucketReport> countInWindows(
            KeyedStream<BucketCounts, Integer> counts, RankingsSettings settings) {
        return counts.window(TumblingEventTimeWindows.of(settings.eventTime().window()))
                .allowedLateness(settings.eventTime().allowedLateness())
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
