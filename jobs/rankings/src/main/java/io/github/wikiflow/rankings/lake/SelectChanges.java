package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.rankings.time.TimeRange;
import java.util.Set;
import org.apache.flink.api.common.functions.FilterFunction;

/** Lets through the rows of the lake that are to be ranked: by type, and by window. */
final class SelectChanges implements FilterFunction<LakeChange> {

    private static final long serialVersionUID = 1L;

    /** A copy, so of a type that is serializable. */
    @SuppressWarnings("serial")
    private final Set<String> types;

    private final TimeRange range;

    /**
     * @param types the types of change to rank; empty for all
     * @param range of whole windows
     */
    SelectChanges(Set<String> types, TimeRange range) {
        this.types = Set.copyOf(types);
        this.range = range;
    }

    @Override
    public boolean filter(LakeChange change) {
        Utf8 type = change.summary().type();
        return range.contains(change.eventTime())
                && (types.isEmpty() || type != null && types.contains(type.toString()));
    }
}
