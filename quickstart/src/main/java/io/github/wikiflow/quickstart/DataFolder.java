package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds all state of the quickstart, and the lock that keeps a second process out
 * of it. The operating system frees the lock when the process dies, however it dies.
 */
final class DataFolder implements AutoCloseable {

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the folder where it is missing, for this user alone, and takes its lock.
     *
     * @throws OperationException if it cannot be written, or another process uses it
     */
    static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        FileChannel lockFile = null;
        try {
            createForThisUser(root);
            lockFile =
                    FileChannel.open(
                            root.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                lockFile.close();
                throw new OperationException(
                        "the data folder '%s' is in use by another wikiflow process; stop that one, or choose another folder with --data"
                                .formatted(root));
            }
            DataFolder data = new DataFolder(root, lockFile);
            Files.createDirectories(data.lake());
            Files.createDirectories(data.jobs());
            Files.createDirectories(data.checkpoints());
            Files.createDirectories(data.savepoints());
            Files.createDirectories(data.flinkTemporary());
            return data;
        } catch (IOException e) {
            throw new OperationException(
                    "cannot write to the data folder '%s' (%s); choose another with --data"
                            .formatted(root, e),
                    e);
        }
    }

    /** A folder that is there already keeps the rights that somebody has given it. */
    private static void createForThisUser(Path root) throws IOException {
        if (Files.exists(root)
                || !root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(root);
            return;
        }
        Files.createDirectories(root.getParent());
        Files.createDirectory(
                root,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The folder itself. */
    Path root() {
        return root;
    }

    /** The Parquet lake. */
    Path lake() {
        return root.resolve("lake");
    }

    /** Kafka's log. */
    Path kafka() {
        return root.resolve("kafka");
    }

    /** Checkpoints of the pipeline's own jobs, a folder for each by its name. */
    Path jobs() {
        return root.resolve("flink/jobs");
    }

    /** Where Flink puts the checkpoints of jobs that somebody else submits. */
    Path checkpoints() {
        return root.resolve("flink/checkpoints");
    }

    /** Where Flink puts savepoints, of whichever job, unless told otherwise. */
    Path savepoints() {
        return root.resolve("flink/savepoints");
    }

    /** What Flink needs only while it runs: uploaded jars, blobs, spill files. */
    Path flinkTemporary() {
        return root.resolve("flink/temporary");
    }

    /** What the stand-in for the live stream has to remember. */
    Path simulation() {
        return root.resolve("simulation.properties");
    }

    /** The log of everything that runs in this process. */
    Path log() {
        return root.resolve("log/wikiflow.log");
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new OperationException("cannot release the lock of '%s'".formatted(root), e);
        }
    }
}
