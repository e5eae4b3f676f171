package io.github.wikiflow.rankings.lake;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * A file on any file system that Flink knows, as Parquet wants it.
 *
 * @param length of the file, in bytes
 */
record FlinkInputFile(Path path, long length) implements InputFile {

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        FSDataInputStream stream = path.getFileSystem().open(path);
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() throws IOException {
                return stream.getPos();
            }

            @Override
            public void seek(long position) throws IOException {
                stream.seek(position);
            }
        };
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
