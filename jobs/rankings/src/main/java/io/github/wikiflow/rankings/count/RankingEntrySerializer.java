package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes a place of a ranking; and several, for the serializers of what contains them. */
public final class RankingEntrySerializer extends CompactSerializer<RankingEntry> {

    private static final int NOT_RANKED = 0;

    private static final RankingEntrySerializer INSTANCE = new RankingEntrySerializer();

    public static final CompactType<RankingEntry> TYPE =
            new CompactType<>(RankingEntry.class, new RankingEntrySerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(RankingEntry value, DataOutputView target) throws IOException {
        VarInts.write(value.rank(), target);
        StringValue.writeString(value.name(), target);
        VarInts.write(value.count(), target);
        VarInts.write(value.botCount(), target);
        StringValue.writeString(value.wiki(), target);
        target.writeBoolean(value.cut());
        Place before = value.before();
        if (before == null) {
            VarInts.write(NOT_RANKED, target);
        } else {
            VarInts.write(before.rank(), target);
            VarInts.write(before.count(), target);
        }
    }

    @Override
    public RankingEntry deserialize(DataInputView source) throws IOException {
        return new RankingEntry(
                VarInts.readInt(source),
                StringValue.readString(source),
                VarInts.readLong(source),
                VarInts.readLong(source),
                StringValue.readString(source),
                source.readBoolean(),
                readPlace(source));
    }

    public static void writeAll(List<RankingEntry> entries, DataOutputView target)
            throws IOException {
        VarInts.write(entries.size(), target);
        for (RankingEntry entry : entries) {
            INSTANCE.serialize(entry, target);
        }
    }

    public static List<RankingEntry> readAll(DataInputView source) throws IOException {
        int size = VarInts.readInt(source);
        List<RankingEntry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(INSTANCE.deserialize(source));
        }
        return entries;
    }

    private static @Nullable Place readPlace(DataInputView source) throws IOException {
        int rank = VarInts.readInt(source);
        return rank == NOT_RANKED ? null : new Place(rank, VarInts.readLong(source));
    }

    @Override
    public TypeSerializerSnapshot<RankingEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RankingEntry> {
        public Snapshot() {
            super(RankingEntrySerializer::new);
        }
    }
}
