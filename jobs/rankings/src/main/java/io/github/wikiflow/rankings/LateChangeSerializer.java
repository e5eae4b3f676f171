package io.github.wikiflow.rankings;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a late change with its original. */
final class LateChangeSerializer extends CompactSerializer<LateChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LateChange value, DataOutputView target) throws IOException {
        RawChangeForm.write(value.raw(), target);
        target.writeLong(value.windowStart());
        target.writeLong(value.windowEnd());
        target.writeLong(value.latenessMillis());
    }

    @Override
    public LateChange deserialize(DataInputView source) throws IOException {
        return new LateChange(
                RawChangeForm.read(source),
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
