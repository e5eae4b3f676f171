package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.state.CompactSerializer;
import io.github.wikiflow.rankings.state.CompactType;
import io.github.wikiflow.rankings.state.VarInts;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Writes a change with its original; and its record and its summary, for the serializers of what
 * contains one of them.
 */
public final class ChangeSerializer extends CompactSerializer<Change> {

    public static final CompactType<Change> TYPE =
            new CompactType<>(Change.class, new ChangeSerializer());

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(Change value, DataOutputView target) throws IOException {
        ChangeSerializer.writeRecord(value.raw(), target);
        ChangeSerializer.writeSummary(value.summary(), target);
    }

    @Override
    public Change deserialize(DataInputView source) throws IOException {
        return Change.of(ChangeSerializer.readRecord(source), ChangeSerializer.readSummary(source));
    }

    public static void writeRecord(RawChange change, DataOutputView target) throws IOException {
        writeBytes(change.key(), target);
        writeBytes(change.value(), target);
        VarInts.write(change.partition(), target);
        VarInts.write(change.offset(), target);
        target.writeLong(change.timestamp());
    }

    public static RawChange readRecord(DataInputView source) throws IOException {
        return new RawChange(
                readBytes(source),
                readBytes(source),
                VarInts.readInt(source),
                VarInts.readLong(source),
                source.readLong());
    }

    /** The length plus one, so that 0 stands for null, and the bytes. */
    private static void writeBytes(byte @Nullable [] bytes, DataOutputView target)
            throws IOException {
        if (bytes == null) {
            VarInts.write(0, target);
        } else {
            VarInts.write(bytes.length + 1L, target);
            target.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
        int length = VarInts.readInt(source) - 1;
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    public static void writeSummary(ChangeSummary summary, DataOutputView target)
            throws IOException {
        VarInts.write(summary.timestamp(), target);
        writeText(summary.type(), target);
        writeText(summary.wiki(), target);
        writeText(summary.title(), target);
        writeText(summary.user(), target);
        target.writeBoolean(summary.bot());
    }

    private static void writeText(@Nullable Utf8 text, DataOutputView target) throws IOException {
        StringValue.writeString(text == null ? null : text.toString(), target);
    }

    public static ChangeSummary readSummary(DataInputView source) throws IOException {
        return ChangeSummary.of(
                VarInts.readLong(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                StringValue.readString(source),
                source.readBoolean());
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
