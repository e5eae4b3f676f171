package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.kafka.common.TopicPartition;

/** Writes a row of the lake. */
public final class LakeChangeSerializer extends CompactSerializer<LakeChange> {

    public static final CompactType<LakeChange> TYPE =
            new CompactType<>(LakeChange.class, new LakeChangeSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(LakeChange value, DataOutputView target) throws IOException {
        target.writeUTF(value.partition().topic());
        VarInts.write(value.partition().partition(), target);
        VarInts.write(value.offset(), target);
        target.writeLong(value.recordTime());
        target.writeLong(value.fileTime());
        target.writeLong(value.epoch());
        ChangeSerializer.writeSummary(value.summary(), target);
    }

    @Override
    public LakeChange deserialize(DataInputView source) throws IOException {
        return new LakeChange(
                new TopicPartition(source.readUTF(), VarInts.readInt(source)),
                VarInts.readLong(source),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                ChangeSerializer.readSummary(source));
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
