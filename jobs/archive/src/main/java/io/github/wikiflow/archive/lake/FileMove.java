package io.github.wikiflow.archive.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The move of one file to its partition, where readers find it. May be repeated, and even run twice
 * at the same time: the target's name is the file's own, and its content never changes.
 *
 * <p>On an object store a move is a copy, at whose end readers see the whole file, and then a
 * deletion. What fails between the two leaves the file in both places; it was moved then, and only
 * its staged copy has to go.
 */
final class FileMove implements Callable<Boolean> {

    private static final Logger LOG = LoggerFactory.getLogger(FileMove.class);

    private static final long ABSENT = -1;

    private final FileSystem fileSystem;
    private final Path lake;
    private final StagedFile file;

    /**
     * @param lake the lake's root
     */
    FileMove(FileSystem fileSystem, Path lake, StagedFile file) {
        this.fileSystem = fileSystem;
        this.lake = lake;
        this.file = file;
    }

    /** Returns false if the file has been moved before. */
    @Override
    public Boolean call() throws IOException {
        Path staged = new Path(lake, file.staged());
        Path target = new Path(lake, file.target());
        long stagedBytes = length(staged);
        if (stagedBytes == ABSENT) {
            if (length(target) == file.bytes()) {
                return false;
            }
            throw new IOException(
                    "%s is gone and was not moved to %s: its %d rows are lost to this checkpoint; start from an earlier one"
                            .formatted(staged, target, file.rows()));
        }
        if (stagedBytes != file.bytes()) {
            throw new IOException(
                    "%s has %d bytes and not the %d that were written"
                            .formatted(staged, stagedBytes, file.bytes()));
        }
        // The folder is made only when it is missed: object stores need none, and asking is slow.
        if (!rename(staged, target, file.bytes())) {
            fileSystem.mkdirs(target.getParent());
            if (!rename(staged, target, file.bytes())) {
                throw new IOException("cannot move %s to %s".formatted(staged, target));
            }
        }
        return true;
    }

    /**
     * Returns whether the whole file is at its target, and nothing of it elsewhere, be it by this
     * attempt or by an earlier one that stopped half way.
     */
    private boolean rename(Path staged, Path target, long bytes) throws IOException {
        try {
            if (fileSystem.rename(staged, target)) {
                return true;
            }
        } catch (IOException e) {
            LOG.warn("Cannot move {} to {} at once", staged, target, e);
        }
        if (length(target) != bytes) {
            return false;
        }
        fileSystem.delete(staged, false);
        return true;
    }

    private long length(Path path) throws IOException {
        try {
            return fileSystem.getFileStatus(path).getLen();
        } catch (FileNotFoundException e) {
            return ABSENT;
        }
    }
}
