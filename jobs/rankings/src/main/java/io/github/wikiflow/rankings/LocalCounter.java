package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.ranking.Dimension;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Counts changes before the exchange, so that what crosses it is one record per bucket and flush
 * instead of one per change and dimension.
 *
 * <p>Flushes before every watermark and before falling idle, so that no count comes later than its
 * changes would have; before every checkpoint barrier, so that it needs no state; when it holds
 * {@value #MAX_ITEMS} items; and when none of that has happened for {@value #PATIENCE_MILLIS} ms,
 * so that a change waits less than twice as long. An operator and not a function, because only an
 * operator sees watermarks and barriers.
 */
final class LocalCounter extends AbstractStreamOperator<BucketCounts>
        implements OneInputStreamOperator<Change, BucketCounts> {

    static final int MAX_ITEMS = 200_000;
    static final long PATIENCE_MILLIS = 200;

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final Set<Dimension> dimensions;

    private transient ItemBytes item;
    private transient Map<Long, WindowCounts> windows;
    private transient WindowCounts current;
    private transient int items;
    private transient boolean flushPlanned;
    private transient boolean flushedSincePlanned;
    private transient StreamRecord<BucketCounts> reused;

    LocalCounter(EventTime eventTime, Set<Dimension> dimensions) {
        this.eventTime = eventTime;
        this.dimensions = EnumSet.copyOf(dimensions);
    }

    @Override
    public void open() throws Exception {
        super.open();
        item = new ItemBytes();
        windows = new HashMap<>();
        reused = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Change> element) {
        Change change = element.getValue();
        long windowStart = eventTime.windowStart(change.eventTime());
        if (current == null || current.windowStart != windowStart) {
            current = windows.computeIfAbsent(windowStart, WindowCounts::new);
        }
        count(change.summary());
        if (items > MAX_ITEMS) {
            flush();
        } else if (!flushPlanned) {
            planFlush();
        }
    }

    private void planFlush() {
        flushPlanned = true;
        flushedSincePlanned = false;
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + PATIENCE_MILLIS, this::flushAsPlanned);
    }

    private void flushAsPlanned(long time) {
        flushPlanned = false;
        if (!flushedSincePlanned) {
            flush();
        } else if (!windows.isEmpty()) {
            planFlush();
        }
    }

    private void count(ChangeSummary change) {
        for (Dimension dimension : dimensions) {
            switch (dimension) {
                case USERS -> count(dimension, change.user(), null, change.bot());
                case HUMANS -> {
                    if (!change.bot()) {
                        count(dimension, change.user(), null, false);
                    }
                }
                case PAGES -> count(dimension, change.title(), change.wiki(), false);
                case WIKIS -> count(dimension, change.wiki(), null, false);
            }
        }
    }

    private void count(Dimension dimension, String name, String wiki, boolean bot) {
        if (name == null) {
            current.counts(dimension, Buckets.NAMELESS).addNameless(1);
            return;
        }
        item.encode(name, wiki);
        ItemCounts counts = current.counts(dimension, Buckets.of(item.hash()));
        int before = counts.size();
        counts.add(item.bytes(), 0, item.length(), item.hash(), 1, bot);
        items += counts.size() - before;
    }

    private void flush() {
        for (WindowCounts window : windows.values()) {
            for (Dimension dimension : dimensions) {
                for (int bucket = 0; bucket < Buckets.NUMBER; bucket++) {
                    ItemCounts counts = window.existing(dimension, bucket);
                    if (counts != null) {
                        reused.replace(
                                new BucketCounts(dimension, bucket, window.windowStart, counts),
                                window.windowStart);
                        output.collect(reused);
                    }
                }
            }
        }
        windows.clear();
        current = null;
        items = 0;
        flushedSincePlanned = true;
    }

    @Override
    public void processWatermark(Watermark watermark) throws Exception {
        flush();
        super.processWatermark(watermark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        flush();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }

    /** What has been counted of one window since the last flush. */
    private static final class WindowCounts {
        private final long windowStart;
        private final ItemCounts[] byKey =
                new ItemCounts[Dimension.values().length * Buckets.NUMBER];

        private WindowCounts(long windowStart) {
            this.windowStart = windowStart;
        }

        private ItemCounts counts(Dimension dimension, int bucket) {
            int key = Buckets.key(dimension, bucket);
            ItemCounts counts = byKey[key];
            if (counts == null) {
                counts = new ItemCounts();
                byKey[key] = counts;
            }
            return counts;
        }

        private ItemCounts existing(Dimension dimension, int bucket) {
            return byKey[Buckets.key(dimension, bucket)];
        }
    }
}
