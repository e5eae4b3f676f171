package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The part of the graph that makes of the lake what {@code admit-changes} makes of Kafka: the
 * changes that were in time. What was late when it came from Kafka is late here as well.
 *
 * <pre>
 * bounded, a batch job
 *   lake -> find closing offsets -> broadcast
 *        -> select changes       -> admit archived
 *
 * continuous
 *   lake -> keyBy epoch -> settle changes      one subtask each
 * </pre>
 */
public final class LakeTopology {

    public static final String LAKE = "lake";
    public static final String FIND_CLOSING_OFFSETS = "find-closing-offsets";
    public static final String SELECT_CHANGES = "select-changes";
    public static final String ADMIT_ARCHIVED = "admit-archived";
    public static final String SETTLE_CHANGES = "settle-changes";

    /** Never filled: what is broadcast is kept by the function that gets it. */
    private static final MapStateDescriptor<Void, Void> NO_STATE =
            new MapStateDescriptor<>("none", Types.VOID, Types.VOID);

    private LakeTopology() {}

    /** The changes of the files that are there; for an environment in batch mode. */
    public static DataStream<Change> bounded(
            StreamExecutionEnvironment environment,
            LakeInput lake,
            EventTime eventTime,
            Set<String> types) {
        DataStream<LakeChange> rows =
                read(
                        environment,
                        LakeSource.bounded(
                                lake.uri(),
                                lake.days(eventTime),
                                LakeChangeSerializer.TYPE,
                                lake.skipDamaged()));
        BroadcastStream<Tuple4<String, Integer, Long, Long>> closings =
                rows.transform(
                                FIND_CLOSING_OFFSETS,
                                ClosingOffsets.ENTRY_TYPE,
                                new FindClosingOffsets(eventTime))
                        .uid(FIND_CLOSING_OFFSETS)
                        .broadcast(NO_STATE);
        return rows.filter(selection(lake, eventTime, types))
                .name(SELECT_CHANGES)
                .uid(SELECT_CHANGES)
                .connect(closings)
                .process(new AdmitArchived(eventTime), ChangeSerializer.TYPE)
                .name(ADMIT_ARCHIVED)
                .uid(ADMIT_ARCHIVED);
    }

    /**
     * The changes of all files, those that appear later included.
     *
     * @param idleness how long a partition may be silent for others to wait for it
     */
    public static DataStream<Change> continuous(
            StreamExecutionEnvironment environment,
            LakeInput lake,
            EventTime eventTime,
            Set<String> types,
            Duration idleness) {
        return read(
                        environment,
                        LakeSource.continuous(
                                lake.uri(),
                                lake.days(eventTime),
                                LakeChangeSerializer.TYPE,
                                lake.skipDamaged(),
                                lake.interval()))
                .setParallelism(1)
                .keyBy(LakeChange::epoch, Types.LONG)
                .transform(
                        SETTLE_CHANGES,
                        ChangeSerializer.TYPE,
                        new SettleChanges(eventTime, selection(lake, eventTime, types), idleness))
                .uid(SETTLE_CHANGES)
                .setParallelism(1);
    }

    private static SingleOutputStreamOperator<LakeChange> read(
            StreamExecutionEnvironment environment, FileSource<LakeChange> source) {
        return environment.fromSource(source, WatermarkStrategy.noWatermarks(), LAKE).uid(LAKE);
    }

    private static SelectChanges selection(LakeInput lake, EventTime eventTime, Set<String> types) {
        return new SelectChanges(types, lake.windows(eventTime.window()));
    }
}
