package io.github.wikiflow.lake;

import java.io.ByteArrayOutputStream;
import org.apache.flink.core.fs.FSDataOutputStream;

/**
 * A file in memory. Parquet writes its footers byte by byte, which would each be a call to the
 * system.
 */
final class MemoryFile extends FSDataOutputStream {

    private static final int FIRST_BYTES = 64 << 10;

    private final ByteArrayOutputStream content = new ByteArrayOutputStream(FIRST_BYTES);

    byte[] content() {
        return content.toByteArray();
    }

    @Override
    public long getPos() {
        return content.size();
    }

    @Override
    public void write(int b) {
        content.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        content.write(bytes, offset, length);
    }

    @Override
    public void flush() {}

    @Override
    public void sync() {}

    @Override
    public void close() {}
}
