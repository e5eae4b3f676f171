package io.github.wikiflow.archive.lake;

import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The form of a {@link StagedFile} in checkpoints. */
final class StagedFileSerializer implements SimpleVersionedSerializer<StagedFile> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(StagedFile file) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(file.staged());
        out.writeUTF(file.target());
        out.writeLong(file.bytes());
        out.writeLong(file.rows());
        return out.getCopyOfBuffer();
    }

    @Override
    public StagedFile deserialize(int version, byte[] bytes) throws IOException {
        if (version != VERSION) {
            throw new IOException("a staged file in the unknown form %d".formatted(version));
        }
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        return new StagedFile(in.readUTF(), in.readUTF(), in.readLong(), in.readLong());
    }
}
