package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Manifest;
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
final class FileMove implements Callable<FileMove.Outcome> {

    private static final Logger LOG = LoggerFactory.getLogger(FileMove.class);

    private static final long ABSENT = -1;

    private final FileSystem fileSystem;
    private final Path staged;
    private final Path target;
    private final long bytes;

    /** What became of the file. */
    enum Outcome {
        MOVED,
        WAS_MOVED_BEFORE,
        /** It is in neither place: somebody has deleted it. */
        IS_GONE
    }

    /**
     * @param lake the lake's root
     * @param staged where the file is, below it
     */
    FileMove(FileSystem fileSystem, Path lake, String staged, Manifest.Entry file) {
        this.fileSystem = fileSystem;
        this.staged = new Path(lake, staged);
        this.target = new Path(lake, file.path());
        this.bytes = file.bytes();
    }

    @Override
    public Outcome call() throws IOException {
        long stagedBytes = length(staged);
        if (stagedBytes == ABSENT) {
            return length(target) == bytes ? Outcome.WAS_MOVED_BEFORE : Outcome.IS_GONE;
        }
        if (stagedBytes != bytes) {
            throw new IOException(
                    "%s has %d bytes and not the %d that were written"
                            .formatted(staged, stagedBytes, bytes));
        }
        // The folder is made only when it is missed: object stores need none, and asking is slow.
        if (!rename()) {
            fileSystem.mkdirs(target.getParent());
            if (!rename()) {
                throw new IOException("cannot move %s to %s".formatted(staged, target));
            }
        }
        return Outcome.MOVED;
    }

    /**
     * Returns whether the whole file is at its target, and nothing of it elsewhere, be it by this
     * attempt or by an earlier one that stopped half way.
     */
    private boolean rename() throws IOException {
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
