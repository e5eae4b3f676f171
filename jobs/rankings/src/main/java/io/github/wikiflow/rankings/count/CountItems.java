package io.github.wikiflow.rankings.count;

import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds up what the subtasks before the exchange have counted of a bucket in a window. */
public final class CountItems implements AggregateFunction<BucketCounts, ItemCounts, ItemCounts> {

    private static final long serialVersionUID = 1L;

    @Override
    public ItemCounts createAccumulator() {
        return new ItemCounts();
    }

    @Override
    public ItemCounts add(BucketCounts value, ItemCounts accumulator) {
        accumulator.addAll(value.counts());
        return accumulator;
    }

    @Override
    public ItemCounts getResult(ItemCounts accumulator) {
        return accumulator;
    }

    @Override
    public ItemCounts merge(ItemCounts left, ItemCounts right) {
        left.addAll(right);
        return left;
    }
}
