package io.github.wikiflow.rankings;

import io.github.wikiflow.rankings.lake.LakeChange;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a row of the lake. */
final class LakeChangeSerializer extends CompactSerializer<LakeChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LakeChange value, DataOutputView target) throws IOException {
        VarInts.write(value.partition(), target);
        VarInts.write(value.offset(), target);
        target.writeLong(value.recordTime());
        target.writeLong(value.fileTime());
        ChangeSummaryForm.write(value.summary(), target);
    }

    @Override
    public LakeChange deserialize(DataInputView source) throws IOException {
        return new LakeChange(
                VarInts.readInt(source),
                VarInts.readLong(source),
                source.readLong(),
                source.readLong(),
                ChangeSummaryForm.read(source));
    }

    @Override
    public TypeSerializerSnapshot<LakeChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<LakeChange> {
        public Snapshot() {
            super(LakeChangeSerializer::new);
        }
    }
}
