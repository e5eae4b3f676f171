package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Epoch;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The form of a {@link StagedEpoch} in checkpoints. */
final class StagedEpochSerializer implements SimpleVersionedSerializer<StagedEpoch> {

    /** 1 was a single file. */
    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StagedEpoch staged) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        Epoch epoch = staged.epoch();
        out.writeUTF(epoch.run());
        out.writeLong(epoch.checkpoint());
        out.writeInt(epoch.subtask());
        out.writeUTF(epoch.writer());
        out.writeInt(staged.files());
        return out.getCopyOfBuffer();
    }

    @Override
    public StagedEpoch deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "staged files in the form %d, this release knows %d; start from a savepoint of this release"
                            .formatted(version, VERSION));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new StagedEpoch(
                new Epoch(in.readUTF(), in.readLong(), in.readInt(), in.readUTF()), in.readInt());
    }
}
