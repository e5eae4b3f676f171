package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.rankings.lake.LakeChange;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of a stream or a state whose values one {@link CompactSerializer} writes and reads. */
final class CompactType<T> extends TypeInformation<T> {

    private static final long serialVersionUID = 1L;

    static final CompactType<Change> CHANGE =
            new CompactType<>(Change.class, new ChangeSerializer());
    static final CompactType<LakeChange> LAKE_CHANGE =
            new CompactType<>(LakeChange.class, new LakeChangeSerializer());
    static final CompactType<LateChange> LATE_CHANGE =
            new CompactType<>(LateChange.class, new LateChangeSerializer());
    static final CompactType<ItemCounts> ITEM_COUNTS =
            new CompactType<>(ItemCounts.class, new ItemCountsSerializer());
    static final CompactType<BucketCounts> BUCKET_COUNTS =
            new CompactType<>(BucketCounts.class, new BucketCountsSerializer());
    static final CompactType<BucketReport> BUCKET_REPORT =
            new CompactType<>(BucketReport.class, new BucketReportSerializer());
    static final CompactType<RankingProgress> RANKING_PROGRESS =
            new CompactType<>(RankingProgress.class, new RankingProgressSerializer());

    static final CompactType<RankingEntry> RANKING_ENTRY =
            new CompactType<>(RankingEntry.class, new RankingEntrySerializer());

    static final CompactType<Ranking> RANKING =
            new CompactType<>(Ranking.class, new RankingSerializer());

    private final Class<T> type;
    private final CompactSerializer<T> serializer;

    CompactType(Class<T> type, CompactSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CompactType<?> that
                && that.type == type
                && that.serializer.equals(serializer);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof CompactType;
    }
}
