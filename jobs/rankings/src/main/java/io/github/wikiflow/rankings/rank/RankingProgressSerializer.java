package io.github.wikiflow.rankings.rank;

import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes how far a ranking is. */
public final class RankingProgressSerializer extends CompactSerializer<RankingProgress> {

    public static final CompactType<RankingProgress> TYPE =
            new CompactType<>(RankingProgress.class, new RankingProgressSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(RankingProgress value, DataOutputView target) throws IOException {
        target.writeLong(value.revision());
        target.writeLong(value.emittedAt());
        target.writeLong(value.dueAt());
        target.writeBoolean(value.corrected());
    }

    @Override
    public RankingProgress deserialize(DataInputView source) throws IOException {
        return new RankingProgress(
                source.readLong(), source.readLong(), source.readLong(), source.readBoolean());
    }

    @Override
    public TypeSerializerSnapshot<RankingProgress> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RankingProgress> {
        public Snapshot() {
            super(RankingProgressSerializer::new);
        }
    }
}
