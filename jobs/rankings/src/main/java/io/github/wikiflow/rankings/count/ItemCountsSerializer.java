package io.github.wikiflow.rankings.count;

import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes counts as the number of changes, the number of items, and for each item its length, its
 * bytes, its count and its bot count.
 */
public final class ItemCountsSerializer extends CompactSerializer<ItemCounts> {

    public static final CompactType<ItemCounts> TYPE =
            new CompactType<>(ItemCounts.class, new ItemCountsSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(ItemCounts value, DataOutputView target) throws IOException {
        VarInts.write(value.changes(), target);
        VarInts.write(value.size(), target);
        byte[] items = value.items();
        for (int entry = 0; entry < value.size(); entry++) {
            int start = value.start(entry);
            int length = value.end(entry) - start;
            VarInts.write(length, target);
            target.write(items, start, length);
            VarInts.write(value.count(entry), target);
            VarInts.write(value.botCount(entry), target);
        }
    }

    @Override
    public ItemCounts deserialize(DataInputView source) throws IOException {
        long changes = VarInts.readLong(source);
        int size = VarInts.readInt(source);
        ItemCounts counts = ItemCounts.withRoomFor(size);
        byte[] item = new byte[64];
        long nameless = changes;
        for (int entry = 0; entry < size; entry++) {
            int length = VarInts.readInt(source);
            if (length > item.length) {
                item = new byte[length];
            }
            source.readFully(item, 0, length);
            long count = VarInts.readLong(source);
            counts.add(
                    item,
                    0,
                    length,
                    ItemBytes.hash(item, 0, length),
                    count,
                    VarInts.readLong(source));
            nameless -= count;
        }
        counts.addNameless(nameless);
        return counts;
    }

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public ItemCounts copy(ItemCounts from) {
        return from.copy();
    }

    @Override
    public TypeSerializerSnapshot<ItemCounts> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<ItemCounts> {
        public Snapshot() {
            super(ItemCountsSerializer::new);
        }
    }
}
