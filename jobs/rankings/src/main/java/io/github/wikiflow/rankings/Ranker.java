package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the buckets' reports of one dimension and window into its ranking, and emits a record of
 * it early, on time, after corrections and for the last time.
 *
 * <p>Early and late records are at least the update interval apart. The record on time and the
 * final one are exact: a bucket reports before it hands on the watermark that completes the window,
 * so when that watermark gets here from all of them, so have their reports. Merging the first
 * places of each bucket is exact because an item lives in one bucket only. When the watermark
 * passes the window's end and its lateness in one step, as in a replay, only the final record is
 * emitted. After that nothing is left of the window.
 */
final class Ranker extends KeyedProcessFunction<Tuple2<String, Long>, BucketReport, Ranking> {

    static final String OPEN_WINDOWS = "open-windows";
    static final String PANE_LATENCY = "pane-latency-ms";

    /** How long to wait for the other buckets' reports, which are due at the same moment. */
    static final long GATHERING_MILLIS = 50;

    private static final MapStateDescriptor<Integer, BucketReport> REPORTS =
            new MapStateDescriptor<>("reports", Types.INT, CompactType.BUCKET_REPORT);
    private static final ValueStateDescriptor<RankingProgress> PROGRESS =
            new ValueStateDescriptor<>("progress", CompactType.RANKING_PROGRESS);

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final int places;
    private final long intervalMillis;

    private transient MapState<Integer, BucketReport> reports;
    private transient ValueState<RankingProgress> progressState;
    private transient Set<Tuple2<String, Long>> openWindows;
    private transient long paneLatency;

    /**
     * @param places how many places a ranking has
     * @param updateInterval between early records, and between late ones
     */
    Ranker(EventTime eventTime, int places, Duration updateInterval) {
        this.eventTime = eventTime;
        this.places = places;
        this.intervalMillis = updateInterval.toMillis();
    }

    /** What reports are partitioned by: the dimension's label and the window's start. */
    static Tuple2<String, Long> key(BucketReport report) {
        return Tuple2.of(report.dimension().label(), report.windowStart());
    }

    @Override
    public void open(OpenContext context) {
        reports = getRuntimeContext().getMapState(REPORTS);
        progressState = getRuntimeContext().getState(PROGRESS);
        openWindows = new HashSet<>();
        getRuntimeContext().getMetricGroup().gauge(OPEN_WINDOWS, openWindows::size);
        getRuntimeContext().getMetricGroup().gauge(PANE_LATENCY, () -> paneLatency);
    }

    @Override
    public void processElement(BucketReport report, Context context, Collector<Ranking> out)
            throws Exception {
        if (report.equals(reports.get(report.bucket()))) {
            return;
        }
        reports.put(report.bucket(), report);
        openWindows.add(context.getCurrentKey());
        TimerService timers = context.timerService();
        long windowStart = report.windowStart();
        timers.registerEventTimeTimer(eventTime.onTimeAt(windowStart));
        timers.registerEventTimeTimer(eventTime.finalAt(windowStart));
        RankingProgress progress = progress();
        if (isComplete(windowStart, timers)) {
            progress = progress.withCorrection();
        }
        if (progress.dueAt() == 0) {
            progress =
                    progress.due(
                            Math.max(
                                    timers.currentProcessingTime() + GATHERING_MILLIS,
                                    progress.emittedAt() + intervalMillis));
            timers.registerProcessingTimeTimer(progress.dueAt());
        }
        progressState.update(progress);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Ranking> out)
            throws Exception {
        long windowStart = context.getCurrentKey().f1;
        TimerService timers = context.timerService();
        RankingProgress progress = progress();
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            Pane pane = isComplete(windowStart, timers) ? Pane.LATE : Pane.EARLY;
            emit(pane, false, progress, context, out);
        } else if (time == eventTime.finalAt(windowStart)) {
            emit(progress.corrected() ? Pane.LATE : Pane.ON_TIME, true, progress, context, out);
            forget(progress, context);
        } else if (!progress.corrected()
                && timers.currentWatermark() < eventTime.finalAt(windowStart)) {
            emit(Pane.ON_TIME, false, progress, context, out);
        }
    }

    private RankingProgress progress() throws Exception {
        RankingProgress progress = progressState.value();
        return progress == null ? RankingProgress.NONE : progress;
    }

    private boolean isComplete(long windowStart, TimerService timers) {
        return timers.currentWatermark() >= eventTime.onTimeAt(windowStart);
    }

    private void emit(
            Pane pane,
            boolean isFinal,
            RankingProgress progress,
            OnTimerContext context,
            Collector<Ranking> out)
            throws Exception {
        TimerService timers = context.timerService();
        if (progress.dueAt() != 0) {
            timers.deleteProcessingTimeTimer(progress.dueAt());
        }
        RankingProgress emitted = progress.emitted(timers.currentProcessingTime());
        progressState.update(emitted);
        long windowStart = context.getCurrentKey().f1;
        if (pane == Pane.ON_TIME && !isFinal) {
            paneLatency = emitted.emittedAt() - eventTime.windowEnd(windowStart);
        }
        out.collect(ranking(pane, isFinal, emitted, context.getCurrentKey(), timers));
    }

    private Ranking ranking(
            Pane pane,
            boolean isFinal,
            RankingProgress emitted,
            Tuple2<String, Long> key,
            TimerService timers)
            throws Exception {
        long changes = 0;
        long distinct = 0;
        List<RankingEntry> entries = new ArrayList<>();
        for (BucketReport report : reports.values()) {
            changes += report.changes();
            distinct += report.distinct();
            entries.addAll(report.top());
        }
        entries.sort(RankingEntry.ORDER);
        List<RankingEntry> top = new ArrayList<>(Math.min(places, entries.size()));
        for (int place = 0; place < places && place < entries.size(); place++) {
            RankingEntry entry = entries.get(place);
            top.add(
                    new RankingEntry(
                            place + 1, entry.name(), entry.count(), entry.bot(), entry.wiki()));
        }
        return new Ranking(
                Dimension.ofLabel(key.f0),
                Instant.ofEpochMilli(key.f1),
                Instant.ofEpochMilli(eventTime.windowEnd(key.f1)),
                pane,
                isFinal,
                emitted.revision(),
                watermark(timers.currentWatermark(), key.f1),
                Instant.ofEpochMilli(emitted.emittedAt()),
                changes,
                distinct,
                top);
    }

    /** At the end of bounded input the watermark is beyond all time; the window needs less. */
    private Instant watermark(long watermark, long windowStart) {
        if (watermark == Long.MIN_VALUE) {
            return null;
        }
        return Instant.ofEpochMilli(
                watermark == Long.MAX_VALUE ? eventTime.finalAt(windowStart) : watermark);
    }

    private void forget(RankingProgress progress, OnTimerContext context) {
        TimerService timers = context.timerService();
        timers.deleteEventTimeTimer(eventTime.onTimeAt(context.getCurrentKey().f1));
        reports.clear();
        progressState.clear();
        openWindows.remove(context.getCurrentKey());
    }
}
