package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.lake.LakeDays;
import java.net.URI;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.core.fs.Path;

/** Flink's file source, reading the lake. */
public final class LakeSource {

    private LakeSource() {}

    /**
     * A source that reads the files that are there when it starts, and ends.
     *
     * @param lake the lake's root, which must exist
     * @param type how rows are passed on
     */
    public static FileSource<LakeChange> bounded(
            URI lake, LakeDays days, TypeInformation<LakeChange> type) {
        return FileSource.forBulkFileFormat(new LakeFileFormat(type), new Path(lake))
                .setFileEnumerator(() -> new LakeEnumerator(days, true))
                .build();
    }

    /**
     * A source that also reads whatever files appear, without end. A single reader gets all files
     * found at a time in the order in which they were written.
     *
     * @param lake the lake's root, which may be made later
     * @param type how rows are passed on
     * @param interval between two looks for new files
     */
    public static FileSource<LakeChange> continuous(
            URI lake, LakeDays days, TypeInformation<LakeChange> type, Duration interval) {
        return FileSource.forBulkFileFormat(new LakeFileFormat(type), new Path(lake))
                .setFileEnumerator(() -> new LakeEnumerator(days, false))
                .setSplitAssigner(OldestFirst::new)
                .monitorContinuously(interval)
                .build();
    }
}
