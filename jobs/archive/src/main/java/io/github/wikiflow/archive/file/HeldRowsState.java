package io.github.wikiflow.archive.file;

import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.lake.LittleEndian;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * The form of {@link HeldRows} in checkpoints: a version, the partition, when its first row came,
 * and the blocks as they are in memory. It is streamed in both directions, so that a checkpoint
 * needs no second copy of what is held.
 */
final class HeldRowsState {

    private static final int VERSION = 1;
    private static final int NO_SERVER = -1;

    private HeldRowsState() {}

    /** Takes what {@link #read} finds. */
    interface Restored {
        /** Begins a partition. */
        void partition(LakePartition partition, long since) throws IOException;

        /** A sealed block of the partition; the array is not used again. */
        void block(BlockHeader header, byte[] compressed) throws IOException;

        /** A row of the partition's open block. */
        void row(byte[] array, int offset, int length) throws IOException;
    }

    static void write(HeldRows rows, OutputStream stream) throws IOException {
        DataOutputView out = new DataOutputViewStreamWrapper(stream);
        out.writeInt(VERSION);
        out.writeInt(rows.partition().epochDay());
        writeText(rows.partition().serverName(), out);
        out.writeLong(rows.since());
        rows.writeBlocks(out);
    }

    static void read(InputStream stream, Restored restored) throws IOException {
        DataInputView in = new DataInputViewStreamWrapper(stream);
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "rows held in the form %d, this release knows %d; restore with the release that wrote them or a newer one"
                            .formatted(version, VERSION));
        }
        restored.partition(new LakePartition(in.readInt(), readText(in)), in.readLong());
        int rest = in.readInt();
        byte[] headerBytes = new byte[BlockHeader.BYTES];
        while (rest > 0) {
            in.readFully(headerBytes);
            BlockHeader header = BlockHeader.of(headerBytes);
            byte[] compressed = new byte[header.compressedBytes()];
            in.readFully(compressed);
            restored.block(header, compressed);
            rest -= BlockHeader.BYTES + header.compressedBytes();
        }
        byte[] open = new byte[in.readInt()];
        in.readFully(open);
        int position = 0;
        while (position < open.length) {
            int length = LittleEndian.getInt(open, position);
            restored.row(open, position + Integer.BYTES, length);
            position += Integer.BYTES + length;
        }
    }

    private static void writeText(String text, DataOutputView out) throws IOException {
        if (text == null) {
            out.writeInt(NO_SERVER);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String readText(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length == NO_SERVER) {
            return null;
        }
        byte[] utf8 = new byte[length];
        in.readFully(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
