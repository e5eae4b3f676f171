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
     * @param skipDamaged whether what cannot be read of a file is left out; else it is an error
     */
    public static FileSource<LakeChange> bounded(
            URI lake, LakeDays days, TypeInformation<LakeChange> type, boolean skipDamaged) {
        return FileSource.forBulkFileFormat(
                        new LakeFileFormat(type, false, skipDamaged), new Path(lake))
                .setFileEnumerator(() -> new LakeEnumerator(days, false))
                .build();
    }

    /**
     * A source that also reads whatever files appear, without end. A single reader gets the files
     * of an epoch when it is whole, and after those of all epochs before it.
     *
     * @param lake the lake's root, which may be made later
     * @param type how rows are passed on
     * @param skipDamaged whether what cannot be read of a file is left out; else it is an error
     * @param interval between two looks for new files
     */
    public static FileSource<LakeChange> continuous(
            URI lake,
            LakeDays days,
            TypeInformation<LakeChange> type,
            boolean skipDamaged,
            Duration interval) {
        return FileSource.forBulkFileFormat(
                        new LakeFileFormat(type, true, skipDamaged), new Path(lake))
                .setFileEnumerator(() -> new LakeEnumerator(days, true))
                .setSplitAssigner(EpochOrder::new)
                .monitorContinuously(interval)
                .build();
    }
}
