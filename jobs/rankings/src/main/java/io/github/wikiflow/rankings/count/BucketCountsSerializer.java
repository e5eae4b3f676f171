package io.github.wikiflow.rankings.count;

import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the counts of a bucket. */
public final class BucketCountsSerializer extends CompactSerializer<BucketCounts> {

    public static final CompactType<BucketCounts> TYPE =
            new CompactType<>(BucketCounts.class, new BucketCountsSerializer());

    private static final long serialVersionUID = 1L;

    private static final ItemCountsSerializer COUNTS = new ItemCountsSerializer();

    @Override
    public void serialize(BucketCounts value, DataOutputView target) throws IOException {
        VarInts.write(value.key(), target);
        target.writeLong(value.windowStart());
        COUNTS.serialize(value.counts(), target);
        target.writeBoolean(value.original() != null);
        if (value.original() != null) {
            ChangeSerializer.writeRecord(value.original(), target);
        }
    }

    @Override
    public BucketCounts deserialize(DataInputView source) throws IOException {
        int key = VarInts.readInt(source);
        return new BucketCounts(
                Buckets.dimension(key),
                Buckets.bucket(key),
                source.readLong(),
                COUNTS.deserialize(source),
                source.readBoolean() ? ChangeSerializer.readRecord(source) : null);
    }

    /** Not immutable: the counts are a table that grows. */
    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public BucketCounts copy(BucketCounts from) {
        return new BucketCounts(
                from.dimension(),
                from.bucket(),
                from.windowStart(),
                from.counts().copy(),
                from.original());
    }

    @Override
    public TypeSerializerSnapshot<BucketCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<BucketCounts> {
        public Snapshot() {
            super(BucketCountsSerializer::new);
        }
    }
}
