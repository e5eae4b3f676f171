package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.ShellWord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all state of the quickstart for one kind of source, and the lock that keeps
 * a second process out of it. The operating system frees the lock when the process dies, however it
 * dies.
 *
 * <p>It lies in the folder that people name, under a name that says what it holds, as the marker in
 * it does: {@code live}, {@code simulated}, {@code replay-...}, or {@code cluster} for whatever
 * people submit themselves. What is of one kind cannot enter the folder of another.
 */
final class DataFolder implements AutoCloseable {

    private static final String MARKER = "wikiflow.properties";
    private static final String HOLDS = "holds";
    private static final String LAYOUT = "layout";

    /** Counts up with each change of the folders in it that an older build would not understand. */
    private static final String PRESENT_LAYOUT = "1";

    /** Kafka ends its process when its disk is full. */
    private static final long FREE_MEGABYTES = 256;

    private static final long BYTES_IN_A_MEGABYTE = 1 << 20;

    private final Path root;
    private final FileChannel lockFile;

    private DataFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the folder where it is missing, for this user alone, and takes its lock.
     *
     * @param all the folder for the data of every kind, as {@code --data} names it
     * @param holds what it is for, which is also its name
     * @throws OperationException if it cannot be used, with the reason
     */
    static DataFolder open(Path all, String holds) {
        Path parent = all.toAbsolutePath().normalize();
        requireUsableName(parent);
        requirePresentLayout(parent);
        Path root = parent.resolve(holds);
        FileChannel lockFile = null;
        try {
            createForThisUser(parent);
            Files.createDirectories(root);
            requireSpace(root, Files.getFileStore(root).getUsableSpace());
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
            mark(root, holds);
            DataFolder data = new DataFolder(root, lockFile);
            for (Path folder :
                    List.of(
                            data.kafka(),
                            data.lake(),
                            data.jobs(),
                            data.checkpoints(),
                            data.savepoints(),
                            data.flinkTemporary(),
                            data.log().getParent())) {
                Files.createDirectories(folder);
                if (!Files.isWritable(folder)) {
                    throw new IOException("no permission to write to " + folder);
                }
            }
            return data;
        } catch (IOException e) {
            throw new OperationException(
                    "cannot write to the data folder '%s' (%s); choose another with --data"
                            .formatted(root, e),
                    e);
        }
    }

    /** A folder that is there already keeps the rights that somebody has given it. */
    static void createForThisUser(Path root) throws IOException {
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

    /** Kafka and Flink take several folders in one option, and split it. */
    private static void requireUsableName(Path folder) {
        if (folder.toString().matches(".*[,:].*")) {
            throw new OperationException(
                    "the data folder '%s' has a comma or colon in its name, at which Kafka and Flink split; choose another with --data"
                            .formatted(folder));
        }
    }

    /** Before there was a folder for each kind, all was in one. */
    private static void requirePresentLayout(Path parent) {
        if (Files.exists(parent.resolve(MARKER))) {
            throw new OperationException(
                    "'%s' is the folder for one kind of data; name the one that it is in, --data %s"
                            .formatted(
                                    parent,
                                    ShellWord.quoted(parent.resolve("..").normalize().toString())));
        }
        if (Files.isDirectory(parent.resolve("kafka"))
                && Files.isDirectory(parent.resolve("lake"))) {
            String folder = ShellWord.quoted(parent.toString());
            String aside = ShellWord.quoted(parent + ".old");
            throw new OperationException(
                    "the data folder '%s' is of an older wikiflow, which put events of all kinds together; if they are Wikipedia's, keep them by: mv %s %s && mkdir %s && mv %s %s/live; else choose another with --data"
                            .formatted(parent, folder, aside, folder, aside, folder));
        }
    }

    /**
     * Checks that there is room to begin with.
     *
     * @param free in bytes
     */
    static void requireSpace(Path folder, long free) {
        if (free < FREE_MEGABYTES * BYTES_IN_A_MEGABYTE) {
            throw new OperationException(
                    "only %d MB are free for the data folder '%s', and Kafka ends when its disk is full; free %d MB, or choose another folder with --data"
                            .formatted(free / BYTES_IN_A_MEGABYTE, folder, FREE_MEGABYTES));
        }
    }

    /** Reads what the folder holds, or writes it if nothing says so yet. */
    private static void mark(Path root, String holds) throws IOException {
        Path marker = root.resolve(MARKER);
        Properties properties = PropertiesFile.read(marker);
        if (properties.isEmpty()) {
            properties.setProperty(HOLDS, holds);
            properties.setProperty(LAYOUT, PRESENT_LAYOUT);
            PropertiesFile.write(marker, properties, "What this folder holds, and its layout");
        }
        if (!PRESENT_LAYOUT.equals(properties.getProperty(LAYOUT))) {
            throw new OperationException(
                    "the data folder '%s' has layout %s of another wikiflow, newer than this one, which knows layout %s; take the newer one, or choose another folder with --data"
                            .formatted(root, properties.getProperty(LAYOUT), PRESENT_LAYOUT));
        }
        if (!holds.equals(properties.getProperty(HOLDS))) {
            throw new OperationException(
                    "the data folder '%s' holds '%s', as its %s says; give it that name again, or choose another folder with --data"
                            .formatted(root, properties.getProperty(HOLDS), MARKER));
        }
    }

    /** Whether so little is free that Kafka may soon end the process. */
    boolean isShortOfSpace() {
        return freeMegabytes() < FREE_MEGABYTES;
    }

    /** How much can still be written; nothing where not even that can be asked. */
    long freeMegabytes() {
        try {
            return Files.getFileStore(root).getUsableSpace() / BYTES_IN_A_MEGABYTE;
        } catch (IOException e) {
            return 0;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
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
