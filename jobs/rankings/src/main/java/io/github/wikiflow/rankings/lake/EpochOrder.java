package io.github.wikiflow.rankings.lake;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;
import org.apache.flink.core.fs.FileStatus;

/** Has files read in the order of their epochs, as far as they are known. */
final class EpochOrder implements FileSplitAssigner {

    private static final char SEPARATOR = ' ';

    private final PriorityQueue<FileSourceSplit> files =
            new PriorityQueue<>(
                    Comparator.comparingLong(EpochOrder::epoch)
                            .thenComparing(FileSourceSplit::splitId));

    EpochOrder(Collection<FileSourceSplit> files) {
        this.files.addAll(files);
    }

    /**
     * A whole file as a split, which has the place of its epoch in its id, the only text that Flink
     * keeps for us.
     */
    static FileSourceSplit split(FileStatus file, long epoch) {
        return new FileSourceSplit(
                Long.toString(epoch) + SEPARATOR + file.getPath(),
                file.getPath(),
                0,
                file.getLen(),
                file.getModificationTime(),
                file.getLen());
    }

    /** The place of a file's epoch. */
    static long epoch(FileSourceSplit split) {
        String id = split.splitId();
        return Long.parseLong(id.substring(0, id.indexOf(SEPARATOR)));
    }

    @Override
    public Optional<FileSourceSplit> getNext(String host) {
        return Optional.ofNullable(files.poll());
    }

    @Override
    public void addSplits(Collection<FileSourceSplit> found) {
        files.addAll(found);
    }

    @Override
    public Collection<FileSourceSplit> remainingSplits() {
        return List.copyOf(files);
    }
}
