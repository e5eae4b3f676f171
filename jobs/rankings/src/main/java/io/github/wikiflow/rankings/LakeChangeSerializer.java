package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.rankings.lake.LakeChange;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a row of the lake. */
final class LakeChangeSerializer extends CompactSerializer<LakeChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LakeChange value, DataOutputView target) throws IOException {
        VarInts.write(value.partition(), target);
        VarInts.write(value.offset(), target);
        target.writeLong(value.recordTime());
        target.writeLong(value.fileTime());
        ChangeSummary summary = value.summary();
        VarInts.write(summary.timestamp(), target);
        StringValue.writeString(summary.type(), target);
        StringValue.writeString(summary.wiki(), target);
        StringValue.writeString(summary.title(), target);
        StringValue.writeString(summary.user(), target);
        target.writeBoolean(summary.bot());
    }

    @Override
    public LakeChange deserialize(DataInputView source) throws IOException {
        return new LakeChange(
                VarInts.readInt(source),
                VarInts.readLong(source),
                source.readLong(),
                source.readLong(),
                new ChangeSummary(
                        VarInts.readLong(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        source.readBoolean()));
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
