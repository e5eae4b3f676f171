package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.Folders;
import io.github.wikiflow.lake.Manifest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;

/**
 * The files of one epoch on their way into its hidden folder, and its manifest. Files are written
 * and synced in threads beside the task's, a few at a time, as each is a wait for a disk or for
 * requests over a network.
 *
 * <p>For one thread.
 */
final class Staging {

    private static final int LOCAL_THREADS = 2;
    private static final int STORE_THREADS = 8;

    private final FileSystem fileSystem;
    private final Path lake;
    private final Epoch epoch;
    private final Manifest.Output manifest;
    private final ExecutorService threads;
    private final Queue<Future<?>> writes = new ArrayDeque<>();
    private final int mostWrites;
    private int files;

    Staging(FileSystem fileSystem, Path lake, Epoch epoch) throws IOException {
        this.fileSystem = fileSystem;
        this.lake = lake;
        this.epoch = epoch;
        mostWrites = fileSystem.isDistributedFS() ? STORE_THREADS : LOCAL_THREADS;
        manifest = new Manifest.Output(fileSystem, new Path(lake, epoch.stagedManifest()));
        threads = Executors.newFixedThreadPool(mostWrites, new ExecutorThreadFactory("lake-stage"));
    }

    /**
     * Adds a file.
     *
     * @param folder of its partition, below the lake's root
     */
    void add(String folder, int rows, byte[] content) throws IOException, InterruptedException {
        Path path = new Path(lake, epoch.stagedFile(files));
        while (writes.size() >= 2 * mostWrites) {
            await(writes.remove());
        }
        writes.add(
                threads.submit(
                        () -> {
                            Folders.write(fileSystem, path, content, WriteMode.NO_OVERWRITE);
                            return null;
                        }));
        manifest.add(
                new Manifest.Entry(
                        folder + "/" + epoch.fileName(files, rows), content.length, rows));
        files++;
    }

    /** Waits until all is on the disk. */
    StagedEpoch finish() throws IOException, InterruptedException {
        while (!writes.isEmpty()) {
            await(writes.remove());
        }
        threads.shutdown();
        manifest.finish();
        Folders.sync(fileSystem, new Path(lake, epoch.folder()), lake);
        return new StagedEpoch(epoch, files);
    }

    private static void await(Future<?> write) throws IOException, InterruptedException {
        try {
            write.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IOException(cause.getMessage(), cause);
        }
    }

    /** Deletes what has been staged. */
    void discard() throws IOException {
        threads.shutdownNow();
        manifest.close();
        fileSystem.delete(new Path(lake, epoch.folder()), true);
    }
}
