package io.github.wikiflow.lake;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * How far a lake that grows has come: which epochs are whole, and the order in which they came.
 *
 * <p>An epoch is all that the archive read between two checkpoints, and so a piece of each Kafka
 * partition without a hole. Whoever has read the files of all epochs up to one knows every change
 * that was before the last of them, wherever in the lake it is.
 *
 * <p>An epoch is whole when the files of all its writers have been committed. All of them were
 * staged before their checkpoint was complete, and so before any was committed. So of the epochs up
 * to the last one in the log of commits, those are whole before which nothing waits any more.
 */
public final class LakeProgress {

    /** The place of a file that the archive has not named: before all epochs. */
    public static final long BEFORE_ALL = 0;

    /** More than a run will ever have. */
    private static final long CHECKPOINTS_OF_A_RUN = 1L << 44;

    private final LakeHead head;

    /** The places of the runs before their first checkpoint. */
    private final Map<String, Long> runs = new HashMap<>();

    /** The place of the first epoch that may lack files. */
    private final long end;

    private LakeProgress(FileSystem fileSystem, Path lake) throws IOException {
        head = new LakeHeads(fileSystem, lake).read();
        long start = 1;
        for (LakeHead.Run run : head.runs()) {
            start = run.since() * CHECKPOINTS_OF_A_RUN;
            runs.put(run.id(), start);
        }
        // The runs before the last one have committed all that is theirs, but for what waits.
        long last = start - 1;
        // In this order, as a commit moves a manifest from staging to the log.
        for (FoundEpoch committed : FoundEpoch.committed(fileSystem, lake)) {
            last = Math.max(last, place(committed.epoch()).orElse(last));
        }
        long firstThatWaits = last + 1;
        for (FoundEpoch waiting : FoundEpoch.staged(fileSystem, lake)) {
            firstThatWaits =
                    Math.min(firstThatWaits, place(waiting.epoch()).orElse(firstThatWaits));
        }
        end = firstThatWaits;
    }

    /**
     * How far the lake is. The files of its whole epochs are found by whoever lists the lake
     * <em>after</em> this.
     *
     * @param lake the lake's root, which may be missing
     */
    public static LakeProgress read(Path lake) throws IOException {
        return new LakeProgress(lake.getFileSystem(), lake);
    }

    /**
     * The place of a file's epoch in their order.
     *
     * @param name of the file, without its folder
     * @return empty if the epoch is not whole yet, or no part of the lake any more; {@link
     *     #BEFORE_ALL} if the archive has not named the file
     */
    public OptionalLong place(String name) {
        LakeFileName file = LakeFileName.parse(name);
        if (file == null) {
            return OptionalLong.of(BEFORE_ALL);
        }
        OptionalLong place = place(file.run(), file.checkpoint());
        return place.orElse(end) < end ? place : OptionalLong.empty();
    }

    /** Whether an epoch is one from another on, of the same run. */
    public static boolean isFrom(long first, long place) {
        return place >= first && place / CHECKPOINTS_OF_A_RUN == first / CHECKPOINTS_OF_A_RUN;
    }

    private OptionalLong place(Epoch epoch) {
        return place(epoch.run(), epoch.checkpoint());
    }

    private OptionalLong place(String run, long checkpoint) {
        Long start = runs.get(run);
        return start != null && head.has(run, checkpoint)
                ? OptionalLong.of(start + checkpoint)
                : OptionalLong.empty();
    }
}
