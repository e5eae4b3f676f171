package io.github.wikiflow.rankings.rank;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.BucketReportSerializer;
import io.github.wikiflow.rankings.count.Buckets;
import io.github.wikiflow.rankings.count.RankingEntrySerializer;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Merges the buckets' reports of one dimension into the rankings of its windows, and emits records
 * of each: early, on time, after corrections and for the last time.
 *
 * <p>Early and late records are at least the update interval apart. The record on time and the
 * final one are exact: a bucket reports before it hands on the watermark that completes the window,
 * so when that watermark gets here from all of them, so have their reports. Merging the first
 * places of each bucket is exact because an item lives in one bucket only. When the watermark
 * passes the window's end and its lateness in one step, as in a replay, only the final record is
 * emitted.
 *
 * <p>Each entry says where it stood in the window before. That window is final first, so a final
 * record's places before are final as well. Of a final window nothing is left but its first places,
 * and those only until the next one is final. What is reported of a window that is final already is
 * counted and left out, so a window is final once.
 */
public final class Ranker extends KeyedProcessFunction<String, BucketReport, Ranking> {

    public static final String OPEN_WINDOWS = "open-windows";
    public static final String PANE_LATENCY = "pane-latency-ms";
    public static final String REPORTS_AFTER_FINAL = "reports-after-final";

    /** How long to wait for the other buckets' reports, which are due at the same moment. */
    public static final long GATHERING_MILLIS = 50;

    private static final MapStateDescriptor<Tuple2<Long, Integer>, BucketReport> REPORTS =
            new MapStateDescriptor<>(
                    "reports", Types.TUPLE(Types.LONG, Types.INT), BucketReportSerializer.TYPE);
    private static final MapStateDescriptor<Long, RankingProgress> PROGRESS =
            new MapStateDescriptor<>("progress", Types.LONG, RankingProgressSerializer.TYPE);
    private static final ValueStateDescriptor<Long> LAST_FINAL =
            new ValueStateDescriptor<>("last-final", Types.LONG);
    private static final MapStateDescriptor<Long, List<RankingEntry>> FIRST_PLACES =
            new MapStateDescriptor<>(
                    "first-places", Types.LONG, Types.LIST(RankingEntrySerializer.TYPE));

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final int places;
    private final long intervalMillis;

    /** By window and bucket. */
    private transient MapState<Tuple2<Long, Integer>, BucketReport> reports;

    /** By window, until it is final. */
    private transient MapState<Long, RankingProgress> progress;

    /** By window, as they were emitted last, until the next window is final. */
    private transient MapState<Long, List<RankingEntry>> firstPlaces;

    /** The start of the last window that is final; none before it is opened again. */
    private transient ValueState<Long> lastFinal;

    private transient Counter reportsAfterFinal;
    private transient Set<Tuple2<String, Long>> openWindows;
    private transient long paneLatency;

    /**
     * @param places how many places a ranking has
     * @param updateInterval between early records, and between late ones
     */
    public Ranker(EventTime eventTime, int places, Duration updateInterval) {
        this.eventTime = eventTime;
        this.places = places;
        this.intervalMillis = updateInterval.toMillis();
    }

    /** What reports are partitioned by: the dimension's label. */
    public static String key(BucketReport report) {
        return report.dimension().label();
    }

    @Override
    public void open(OpenContext context) {
        reports = getRuntimeContext().getMapState(REPORTS);
        progress = getRuntimeContext().getMapState(PROGRESS);
        firstPlaces = getRuntimeContext().getMapState(FIRST_PLACES);
        lastFinal = getRuntimeContext().getState(LAST_FINAL);
        reportsAfterFinal = getRuntimeContext().getMetricGroup().counter(REPORTS_AFTER_FINAL);
        openWindows = new HashSet<>();
        getRuntimeContext().getMetricGroup().gauge(OPEN_WINDOWS, openWindows::size);
        getRuntimeContext().getMetricGroup().gauge(PANE_LATENCY, () -> paneLatency);
    }

    @Override
    public void processElement(BucketReport report, Context context, Collector<Ranking> out)
            throws Exception {
        long window = report.windowStart();
        Tuple2<Long, Integer> bucket = Tuple2.of(window, report.bucket());
        Long last = lastFinal.value();
        if (last != null && window <= last) {
            reportsAfterFinal.inc();
            return;
        }
        if (report.equals(reports.get(bucket))) {
            return;
        }
        reports.put(bucket, report);
        openWindows.add(Tuple2.of(context.getCurrentKey(), window));
        TimerService timers = context.timerService();
        timers.registerEventTimeTimer(eventTime.onTimeAt(window));
        timers.registerEventTimeTimer(eventTime.finalAt(window));
        timers.registerEventTimeTimer(eventTime.finalAt(eventTime.windowEnd(window)));
        RankingProgress known = progress.get(window);
        RankingProgress next = known == null ? RankingProgress.NONE : known;
        if (isComplete(window, timers)) {
            next = next.withCorrection();
        }
        if (next.dueAt() == 0) {
            next =
                    next.due(
                            Math.max(
                                    timers.currentProcessingTime() + GATHERING_MILLIS,
                                    next.emittedAt() + intervalMillis));
            timers.registerProcessingTimeTimer(next.dueAt());
        }
        progress.put(window, next);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Ranking> out)
            throws Exception {
        if (context.timeDomain() == TimeDomain.PROCESSING_TIME) {
            emitWhatIsDue(time, context, out);
            return;
        }
        // One moment can close a window and complete a later one.
        long closed = eventTime.lastClosed(time);
        if (progress.contains(closed)) {
            Pane pane = progress.get(closed).corrected() ? Pane.LATE : Pane.ON_TIME;
            emit(closed, pane, true, context, out);
            forget(closed, context);
        }
        firstPlaces.remove(eventTime.windowBefore(closed));
        long complete = eventTime.windowStart(time);
        if (time == eventTime.onTimeAt(complete)
                && progress.contains(complete)
                && !progress.get(complete).corrected()
                && context.timerService().currentWatermark() < eventTime.finalAt(complete)) {
            emit(complete, Pane.ON_TIME, false, context, out);
        }
    }

    private void emitWhatIsDue(long time, OnTimerContext context, Collector<Ranking> out)
            throws Exception {
        List<Long> due = new ArrayList<>();
        for (Map.Entry<Long, RankingProgress> window : progress.entries()) {
            if (window.getValue().isDue(time)) {
                due.add(window.getKey());
            }
        }
        due.sort(null);
        for (long window : due) {
            Pane pane = isComplete(window, context.timerService()) ? Pane.LATE : Pane.EARLY;
            emit(window, pane, false, context, out);
        }
    }

    private boolean isComplete(long window, TimerService timers) {
        return timers.currentWatermark() >= eventTime.onTimeAt(window);
    }

    private void emit(
            long window, Pane pane, boolean isFinal, OnTimerContext context, Collector<Ranking> out)
            throws Exception {
        TimerService timers = context.timerService();
        RankingProgress emitted = progress.get(window).emitted(timers.currentProcessingTime());
        progress.put(window, emitted);
        if (pane == Pane.ON_TIME && !isFinal) {
            paneLatency = emitted.emittedAt() - eventTime.windowEnd(window);
        }
        long changes = 0;
        long distinct = 0;
        List<RankingEntry> entries = new ArrayList<>();
        for (int bucket = 0; bucket < Buckets.NUMBER; bucket++) {
            BucketReport report = reports.get(Tuple2.of(window, bucket));
            if (report != null) {
                changes += report.changes();
                distinct += report.distinct();
                entries.addAll(report.top());
            }
        }
        List<RankingEntry> top = firstPlaces(entries, eventTime.windowBefore(window));
        firstPlaces.put(window, top);
        out.collect(
                new Ranking(
                        Dimension.ofLabel(context.getCurrentKey()),
                        Instant.ofEpochMilli(window),
                        Instant.ofEpochMilli(eventTime.windowEnd(window)),
                        pane,
                        isFinal,
                        emitted.revision(),
                        watermark(timers.currentWatermark(), window),
                        Instant.ofEpochMilli(emitted.emittedAt()),
                        changes,
                        distinct,
                        top));
    }

    private List<RankingEntry> firstPlaces(List<RankingEntry> entries, long windowBefore)
            throws Exception {
        Map<RankingItem, Place> before = new HashMap<>();
        List<RankingEntry> topBefore = firstPlaces.get(windowBefore);
        if (topBefore != null) {
            for (RankingEntry entry : topBefore) {
                before.put(RankingItem.of(entry), new Place(entry.rank(), entry.count()));
            }
        }
        entries.sort(RankingEntry.ORDER);
        List<RankingEntry> top = new ArrayList<>(Math.min(places, entries.size()));
        for (RankingEntry entry : entries.subList(0, Math.min(places, entries.size()))) {
            top.add(entry.at(top.size() + 1, before.get(RankingItem.of(entry))));
        }
        return top;
    }

    /** At the end of bounded input the watermark is beyond all time; the window needs less. */
    private @Nullable Instant watermark(long watermark, long window) {
        if (watermark == Long.MIN_VALUE) {
            return null;
        }
        return Instant.ofEpochMilli(
                watermark == Long.MAX_VALUE ? eventTime.finalAt(window) : watermark);
    }

    private void forget(long window, OnTimerContext context) throws Exception {
        for (int bucket = 0; bucket < Buckets.NUMBER; bucket++) {
            reports.remove(Tuple2.of(window, bucket));
        }
        progress.remove(window);
        lastFinal.update(window);
        openWindows.remove(Tuple2.of(context.getCurrentKey(), window));
    }

    /** What an entry is about. */
    private record RankingItem(String name, @Nullable String wiki, boolean cut) {
        static RankingItem of(RankingEntry entry) {
            return new RankingItem(entry.name(), entry.wiki(), entry.cut());
        }
    }
}
