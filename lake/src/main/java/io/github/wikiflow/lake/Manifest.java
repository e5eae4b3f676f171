package io.github.wikiflow.lake;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of an {@link Epoch}, one in each line, in the order of their numbers. It is written and
 * read file by file, as there may be very many.
 */
public final class Manifest {

    private static final char SEPARATOR = '\t';
    private static final String END = "end";

    private Manifest() {}

    /**
     * A file of the lake.
     *
     * @param path where readers find it once it is committed, below the lake's root
     * @param bytes its length
     * @param rows how many are in it
     */
    public record Entry(String path, long bytes, long rows) {}

    /** Writes a manifest. Not thread-safe. */
    public static final class Output implements Closeable {
        private final FileSystem fileSystem;
        private final FSDataOutputStream stream;
        private final Writer lines;

        /** Begins the manifest at this path, which must be free. */
        public Output(FileSystem fileSystem, Path path) throws IOException {
            this.fileSystem = fileSystem;
            stream = fileSystem.create(path, WriteMode.NO_OVERWRITE);
            lines = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        }

        /** Adds a file. */
        public void add(Entry entry) throws IOException {
            lines.append(entry.path())
                    .append(SEPARATOR)
                    .append(Long.toString(entry.bytes()))
                    .append(SEPARATOR)
                    .append(Long.toString(entry.rows()))
                    .append('\n');
        }

        /** Ends the manifest, synced; without it, what has been written is none. */
        public void finish() throws IOException {
            lines.append(END).append('\n');
            lines.flush();
            if (!fileSystem.isDistributedFS()) {
                stream.sync();
            }
            lines.close();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    /** Reads a manifest. Not thread-safe. */
    public static final class Input implements Closeable {
        private final Path path;
        private final BufferedReader lines;
        private boolean atEnd;

        /**
         * Opens a manifest.
         *
         * @throws java.io.FileNotFoundException if there is none
         */
        public Input(FileSystem fileSystem, Path path) throws IOException {
            this.path = path;
            lines =
                    new BufferedReader(
                            new InputStreamReader(fileSystem.open(path), StandardCharsets.UTF_8));
        }

        /**
         * The next file, or null after the last.
         *
         * @throws IOException if the manifest was not finished, or is damaged
         */
        public @Nullable Entry next() throws IOException {
            if (atEnd) {
                return null;
            }
            String line = lines.readLine();
            if (END.equals(line)) {
                atEnd = true;
                return null;
            }
            String[] parts = line == null ? new String[0] : line.split("\t");
            if (parts.length != 3) {
                throw new IOException("%s has no end".formatted(path));
            }
            return new Entry(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
