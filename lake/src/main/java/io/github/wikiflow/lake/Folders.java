package io.github.wikiflow.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;

/**
 * Files and folders on Flink's file systems, in which others work at the same time and which shall
 * outlast a loss of power: a local file is on the disk when it has been synced, its name when the
 * folder has. Stores over a network see to that themselves.
 */
public final class Folders {

    private Folders() {}

    /**
     * What is in a folder; nothing if there is none, or somebody has deleted it meanwhile. If only
     * one of its files is deleted meanwhile, the others are found.
     */
    public static FileStatus[] list(FileSystem fileSystem, Path folder) throws IOException {
        while (true) {
            try {
                FileStatus[] found = fileSystem.listStatus(folder);
                return found == null ? new FileStatus[0] : found;
            } catch (FileNotFoundException e) {
                if (!fileSystem.exists(folder)) {
                    return new FileStatus[0];
                }
            }
        }
    }

    /** Writes a whole file, synced; nothing of it is left if that fails. */
    public static void write(FileSystem fileSystem, Path file, byte[] content, WriteMode mode)
            throws IOException {
        FSDataOutputStream out = fileSystem.create(file, mode);
        try (out) {
            out.write(content);
            if (!fileSystem.isDistributedFS()) {
                out.sync();
            }
        } catch (IOException e) {
            fileSystem.delete(file, false);
            throw e;
        }
    }

    /** Has the names in a local folder written to the disk. */
    public static void sync(FileSystem fileSystem, Path folder) throws IOException {
        if (!fileSystem.isDistributedFS()) {
            try (FileChannel opened = FileChannel.open(local(folder), StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    /**
     * Has the names in a local folder written to the disk, and in the folders that it is in.
     *
     * @param root the outermost of them
     */
    public static void sync(FileSystem fileSystem, Path folder, Path root) throws IOException {
        Path next = folder;
        sync(fileSystem, next);
        while (next.depth() > root.depth()) {
            next = next.getParent();
            sync(fileSystem, next);
        }
    }

    /** Deletes a folder unless something is in it. */
    public static void deleteIfEmpty(FileSystem fileSystem, Path folder) throws IOException {
        if (fileSystem.exists(folder) && list(fileSystem, folder).length == 0) {
            fileSystem.delete(folder, false);
        }
    }

    static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.getPath());
    }
}
