package io.github.wikiflow.rankings;

import io.github.wikiflow.jobs.RawChange;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How a raw change is written within the types that hold one. */
final class RawChangeForm {

    private RawChangeForm() {}

    static void write(RawChange change, DataOutputView target) throws IOException {
        writeBytes(change.key(), target);
        writeBytes(change.value(), target);
        VarInts.write(change.partition(), target);
        VarInts.write(change.offset(), target);
        target.writeLong(change.timestamp());
    }

    static RawChange read(DataInputView source) throws IOException {
        return new RawChange(
                readBytes(source),
                readBytes(source),
                VarInts.readInt(source),
                VarInts.readLong(source),
                source.readLong());
    }

    /** The length plus one, so that 0 stands for null, and the bytes. */
    private static void writeBytes(byte[] bytes, DataOutputView target) throws IOException {
        if (bytes == null) {
            VarInts.write(0, target);
        } else {
            VarInts.write(bytes.length + 1L, target);
            target.write(bytes);
        }
    }

    private static byte[] readBytes(DataInputView source) throws IOException {
        int length = VarInts.readInt(source) - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }
}
