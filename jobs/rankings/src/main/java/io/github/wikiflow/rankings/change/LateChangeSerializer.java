package io.github.wikiflow.rankings.change;

import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a late change with its original. */
public final class LateChangeSerializer extends CompactSerializer<LateChange> {

    public static final CompactType<LateChange> TYPE =
            new CompactType<>(LateChange.class, new LateChangeSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LateChange value, DataOutputView target) throws IOException {
        ChangeSerializer.writeRecord(value.raw(), target);
        target.writeLong(value.windowStart());
        target.writeLong(value.windowEnd());
        target.writeLong(value.latenessMillis());
    }

    @Override
    public LateChange deserialize(DataInputView source) throws IOException {
        return new LateChange(
                ChangeSerializer.readRecord(source),
                source.readLong(),
                source.readLong(),
                source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<LateChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LateChange> {
        public Snapshot() {
            super(LateChangeSerializer::new);
        }
    }
}
