package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.lake.LakeProgress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Finds the files of the lake for Flink's file source: each one split. */
final class LakeEnumerator implements FileEnumerator {

    private final LakeDays days;
    private final boolean following;

    /**
     * @param following whether files are wanted of whole epochs only, in whose order {@link
     *     EpochOrder} has them read, and a lake that is not there is an empty one and no error
     */
    LakeEnumerator(LakeDays days, boolean following) {
        this.days = days;
        this.following = following;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] lakes, int wanted)
            throws IOException {
        List<FileSourceSplit> files = new ArrayList<>();
        for (Path lake : lakes) {
            if (following) {
                addWholeEpochs(lake, files);
            } else {
                addAll(lake, files);
            }
        }
        return files;
    }

    private void addAll(Path lake, Collection<FileSourceSplit> files) throws IOException {
        if (!lake.getFileSystem().exists(lake)) {
            throw new FileNotFoundException("--lake: %s is not there".formatted(lake));
        }
        for (FileStatus file : LakeListing.files(lake, days)) {
            files.add(EpochOrder.split(file, LakeProgress.BEFORE_ALL));
        }
    }

    private void addWholeEpochs(Path lake, Collection<FileSourceSplit> files) throws IOException {
        LakeProgress progress = LakeProgress.read(lake);
        for (FileStatus file : LakeListing.files(lake, days)) {
            OptionalLong epoch = progress.place(file.getPath().getName());
            if (epoch.isPresent()) {
                files.add(EpochOrder.split(file, epoch.getAsLong()));
            }
        }
    }
}
