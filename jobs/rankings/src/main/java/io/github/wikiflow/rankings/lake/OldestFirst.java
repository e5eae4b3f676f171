package io.github.wikiflow.rankings.lake;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.assigners.FileSplitAssigner;

/** Has files read in the order in which they were written, as far as they are known. */
final class OldestFirst implements FileSplitAssigner {

    private final PriorityQueue<FileSourceSplit> files =
            new PriorityQueue<>(
                    Comparator.comparingLong(FileSourceSplit::fileModificationTime)
                            .thenComparing(FileSourceSplit::splitId));

    OldestFirst(Collection<FileSourceSplit> files) {
        this.files.addAll(files);
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
