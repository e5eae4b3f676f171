package io.github.wikiflow.rankings.count;

import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Makes the report of a bucket from its counts whenever {@link PaneTrigger} asks for it. */
public final class ReportBucket
        extends ProcessWindowFunction<ItemCounts, BucketReport, Integer, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final int places;

    /**
     * @param places how many places a ranking has
     */
    public ReportBucket(int places) {
        this.places = places;
    }

    @Override
    public void process(
            Integer key,
            Context context,
            Iterable<ItemCounts> elements,
            Collector<BucketReport> out) {
        ItemCounts counts = elements.iterator().next();
        out.collect(
                new BucketReport(
                        Buckets.dimension(key),
                        Buckets.bucket(key),
                        context.window().getStart(),
                        counts.changes(),
                        counts.size(),
                        FirstPlaces.of(counts, places)));
    }
}
