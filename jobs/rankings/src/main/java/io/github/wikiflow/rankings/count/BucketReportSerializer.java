package io.github.wikiflow.rankings.count;

import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the report of a bucket. */
public final class BucketReportSerializer extends CompactSerializer<BucketReport> {

    public static final CompactType<BucketReport> TYPE =
            new CompactType<>(BucketReport.class, new BucketReportSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(BucketReport value, DataOutputView target) throws IOException {
        VarInts.write(Buckets.key(value.dimension(), value.bucket()), target);
        target.writeLong(value.windowStart());
        VarInts.write(value.changes(), target);
        VarInts.write(value.distinct(), target);
        RankingEntrySerializer.writeAll(value.top(), target);
    }

    @Override
    public BucketReport deserialize(DataInputView source) throws IOException {
        int key = VarInts.readInt(source);
        return new BucketReport(
                Buckets.dimension(key),
                Buckets.bucket(key),
                source.readLong(),
                VarInts.readLong(source),
                VarInts.readLong(source),
                RankingEntrySerializer.readAll(source));
    }

    @Override
    public TypeSerializerSnapshot<BucketReport> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<BucketReport> {
        public Snapshot() {
            super(BucketReportSerializer::new);
        }
    }
}
