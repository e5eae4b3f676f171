package io.github.wikiflow.rankings.state;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Writes whole numbers from 0 in as few bytes as they need: seven bits a byte, lowest first. */
public final class VarInts {

    private VarInts() {}

    public static void write(long value, DataOutput target) throws IOException {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target.writeByte((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        target.writeByte((int) rest);
    }

    public static long readLong(DataInput source) throws IOException {
        long value = 0;
        int shift = 0;
        byte part;
        do {
            if (shift > 63) {
                throw new IOException("not a number of 64 bits");
            }
            part = source.readByte();
            value |= (part & 0x7FL) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }

    public static int readInt(DataInput source) throws IOException {
        long value = readLong(source);
        if (value != (int) value) {
            throw new IOException("not a number of 32 bits");
        }
        return (int) value;
    }
}
