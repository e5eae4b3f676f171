package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes a change with its original. */
final class ChangeSerializer extends CompactSerializer<Change> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Change value, DataOutputView target) throws IOException {
        RawChangeForm.write(value.raw(), target);
        ChangeSummary summary = value.summary();
        VarInts.write(summary.timestamp(), target);
        StringValue.writeString(summary.type(), target);
        StringValue.writeString(summary.wiki(), target);
        StringValue.writeString(summary.title(), target);
        StringValue.writeString(summary.user(), target);
        target.writeBoolean(summary.bot());
    }

    @Override
    public Change deserialize(DataInputView source) throws IOException {
        return new Change(
                RawChangeForm.read(source),
                new ChangeSummary(
                        VarInts.readLong(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        StringValue.readString(source),
                        source.readBoolean()));
    }

    @Override
    public TypeSerializerSnapshot<Change> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Written into savepoints by its name. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Change> {
        public Snapshot() {
            super(ChangeSerializer::new);
        }
    }
}
