package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The graph from changes to rankings.
 *
 * <pre>
 * changes
 *   -> share watermarks       so that none of the next steps is passed by event time unseen
 *   -> admit changes          late ones leave here for a topic of their own
 *   -> count locally          per dimension, window and item, before the exchange
 *   -> keyBy dimension and bucket of the item
 *   -> count in windows       Flink's window operator; each bucket reports its first places
 *   -> keyBy dimension
 *   -> rank                   merges the buckets' reports
 * </pre>
 *
 * @param rankings every record of every ranking
 * @param late the changes that came too late for their window
 */
record RankingsTopology(DataStream<Ranking> rankings, DataStream<LateChange> late) {

    static final String SHARE_WATERMARKS = "share-watermarks";
    static final String ADMIT_CHANGES = "admit-changes";
    static final String COUNT_LOCALLY = "count-locally";
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
        SingleOutputStreamOperator<Change> shared =
                changes.transform(
                                SHARE_WATERMARKS,
                                CompactType.CHANGE,
                                new ShareWatermarks(new JobMasterExchange()))
                        .uid(SHARE_WATERMARKS);
        SingleOutputStreamOperator<Change> admitted =
                shared.process(new AdmitChanges(eventTime, settings.types()), CompactType.CHANGE)
                        .name(ADMIT_CHANGES)
                        .uid(ADMIT_CHANGES);
        return new RankingsTopology(
                rankings(admitted, settings), admitted.getSideOutput(AdmitChanges.LATE));
    }

    /** The part of the graph that follows once late changes have been sorted out. */
    static DataStream<Ranking> rankings(DataStream<Change> admitted, RankingsSettings settings) {
        SingleOutputStreamOperator<BucketCounts> counts =
                admitted.transform(
                                COUNT_LOCALLY,
                                CompactType.BUCKET_COUNTS,
                                new LocalCounter(
                                        settings.eventTime(),
                                        settings.dimensions(),
                                        settings.bounded()))
                        .uid(COUNT_LOCALLY);
        return rank(countInWindows(counts, settings), settings);
    }

    static SingleOutputStreamOperator<BucketReport> countInWindows(
            DataStream<BucketCounts> counts, RankingsSettings settings) {
        return counts.keyBy(each -> Buckets.key(each.dimension(), each.bucket()), Types.INT)
                .window(TumblingEventTimeWindows.of(settings.eventTime().window()))
                .allowedLateness(settings.eventTime().allowedLateness())
                .trigger(new PaneTrigger(settings.updateInterval()))
                .aggregate(
                        new CountItems(),
                        new ReportBucket(settings.places()),
                        CompactType.ITEM_COUNTS,
                        CompactType.ITEM_COUNTS,
                        CompactType.BUCKET_REPORT)
                .name(COUNT_IN_WINDOWS)
                .uid(Buckets.operatorId(COUNT_IN_WINDOWS));
    }

    static SingleOutputStreamOperator<Ranking> rank(
            DataStream<BucketReport> reports, RankingsSettings settings) {
        return reports.keyBy(Ranker::key, Types.STRING)
                .process(
                        new Ranker(
                                settings.eventTime(), settings.places(), settings.updateInterval()),
                        CompactType.RANKING)
                .name(RANK)
                .uid(Buckets.operatorId(RANK));
    }

    /** The event time of changes: a watermark per partition, which waits for all of them. */
    static WatermarkStrategy<Change> watermarks(EventTime eventTime) {
        return WatermarkStrategy.<Change>forGenerator(context -> new PartitionWatermark(eventTime))
                .withTimestampAssigner((change, recordTime) -> change.eventTime());
    }
}
