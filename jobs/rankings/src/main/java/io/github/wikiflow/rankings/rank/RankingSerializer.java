package io.github.wikiflow.rankings.rank;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.rankings.count.RankingEntrySerializer;
import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a ranking; its instants have milliseconds. */
public final class RankingSerializer extends CompactSerializer<Ranking> {

    public static final CompactType<Ranking> TYPE =
            new CompactType<>(Ranking.class, new RankingSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Ranking value, DataOutputView target) throws IOException {
        StringValue.writeString(value.dimension().label(), target);
        target.writeLong(value.windowStart().toEpochMilli());
        target.writeLong(value.windowEnd().toEpochMilli());
        target.writeByte(value.pane().ordinal());
        target.writeBoolean(value.isFinal());
        target.writeLong(value.revision());
        target.writeBoolean(value.watermark() != null);
        if (value.watermark() != null) {
            target.writeLong(value.watermark().toEpochMilli());
        }
        target.writeLong(value.emittedAt().toEpochMilli());
        VarInts.write(value.changes(), target);
        VarInts.write(value.distinct(), target);
        RankingEntrySerializer.writeAll(value.top(), target);
    }

    @Override
    public Ranking deserialize(DataInputView source) throws IOException {
        return new Ranking(
                Dimension.ofLabel(StringValue.readString(source)),
                Instant.ofEpochMilli(source.readLong()),
                Instant.ofEpochMilli(source.readLong()),
                PANES[source.readByte()],
                source.readBoolean(),
                source.readLong(),
                source.readBoolean() ? Instant.ofEpochMilli(source.readLong()) : null,
                Instant.ofEpochMilli(source.readLong()),
                VarInts.readLong(source),
                VarInts.readLong(source),
                RankingEntrySerializer.readAll(source));
    }

    private static final Pane[] PANES = Pane.values();

    @Override
    public TypeSerializerSnapshot<Ranking> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Ranking> {
        public Snapshot() {
            super(RankingSerializer::new);
        }
    }
}
