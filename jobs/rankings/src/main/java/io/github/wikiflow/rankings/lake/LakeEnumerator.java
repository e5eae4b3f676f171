package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeListing;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.enumerate.FileEnumerator;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/** Finds the files of the lake for Flink's file source: each one split. */
final class LakeEnumerator implements FileEnumerator {

    private final LakeDays days;
    private final boolean lakeMustExist;

    /**
     * @param lakeMustExist whether a lake that is not there is an error, and not an empty one
     */
    LakeEnumerator(LakeDays days, boolean lakeMustExist) {
        this.days = days;
        this.lakeMustExist = lakeMustExist;
    }

    @Override
    public Collection<FileSourceSplit> enumerateSplits(Path[] lakes, int wanted)
            throws IOException {
        List<FileSourceSplit> files = new ArrayList<>();
        for (Path lake : lakes) {
            if (lakeMustExist && !lake.getFileSystem().exists(lake)) {
                throw new FileNotFoundException("--lake: %s is not there".formatted(lake));
            }
            for (FileStatus file : LakeListing.files(lake, days)) {
                files.add(split(file));
            }
        }
        return files;
    }

    private static FileSourceSplit split(FileStatus file) {
        return new FileSourceSplit(
                file.getPath().toString(),
                file.getPath(),
                0,
                file.getLen(),
                file.getModificationTime(),
                file.getLen());
    }
}
