package io.github.wikiflow.rankings;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a change with its original. */
final class ChangeSerializer extends CompactSerializer<Change> {

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Change value, DataOutputView target) throws IOException {
        RawChangeForm.write(value.raw(), target);
        ChangeSummaryForm.write(value.summary(), target);
    }

    @Override
    public Change deserialize(DataInputView source) throws IOException {
        return Change.of(RawChangeForm.read(source), ChangeSummaryForm.read(source));
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
