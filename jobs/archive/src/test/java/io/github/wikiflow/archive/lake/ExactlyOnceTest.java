package io.github.wikiflow.archive.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.archive.SampleLake;
import io.github.wikiflow.archive.lake.ArchiveRun.Checkpoint;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeFileReader;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What checkpoints, failures, stopped processes and people can do to the lake, one by one and mixed
 * by chance: readers see each row that was committed once, and none that was not.
 */
class ExactlyOnceTest {

    private static final int ROUNDS = Integer.getInteger("archive.rounds", 12);

    @TempDir private Path lake;

    @Test
    void whatACheckpointCoversIsSeenOnceItIsComplete() throws Exception {
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            Checkpoint first = run.checkpoint(1);
            run.write(SampleLake.rows(10, 15));
            assertThat(offsets()).isEmpty();
            run.complete(first);
            assertThat(offsets()).isEqualTo(range(0, 10));
            run.complete(run.checkpoint(2));
            assertThat(offsets()).isEqualTo(range(0, 15));
        }
        assertThat(stagedFiles()).isEmpty();
    }

    /** Nobody tells the job that a savepoint is complete. */
    @Test
    void whatASavepointCoversIsCommittedWithTheNextCheckpoint() throws Exception {
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            run.checkpoint(1);
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2));
            assertThat(offsets()).isEqualTo(range(0, 20));
        }
    }

    @Test
    void aSavepointWhoseFilesWereNotYetCommittedCommitsThem() throws Exception {
        Checkpoint savepoint;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            savepoint = run.checkpoint(1);
            run.write(SampleLake.rows(10, 20));
        }
        try (ArchiveRun run = ArchiveRun.restore(sink(), 3, savepoint)) {
            assertThat(offsets()).isEqualTo(range(0, 10));
            run.write(SampleLake.rows(10, 30));
            run.complete(run.checkpoint(2));
            assertThat(offsets()).isEqualTo(range(0, 30));
        }
    }

    @Test
    void anExpiredCheckpointIsCommittedWithTheNext() throws Exception {
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            run.checkpoint(1);
            run.write(SampleLake.rows(10, 20));
            run.checkpoint(2);
            run.write(SampleLake.rows(20, 30));
            run.complete(run.checkpoint(3));
            assertThat(offsets()).isEqualTo(range(0, 30));
        }
    }

    @Test
    void anAttemptThatFailsBeforeItsCheckpointLeavesNothing() throws Exception {
        LakeSink sink = sink();
        ArchiveRun failed = ArchiveRun.begin(sink, 2);
        failed.write(SampleLake.rows(0, 10));
        failed.checkpoint(1);
        failed.write(SampleLake.rows(10, 20));
        // Killed: nothing was tidied up.
        try (ArchiveRun run = ArchiveRun.begin(sink, 2)) {
            assertThat(stagedFiles()).isEmpty();
            run.write(SampleLake.rows(0, 20));
            run.complete(run.checkpoint(1));
            assertThat(offsets()).isEqualTo(range(0, 20));
        }
        failed.close();
    }

    /** It was stopped between staging and committing, and wakes when others have gone on. */
    @Test
    void aStoppedProcessThatWakesChangesNothing() throws Exception {
        LakeSink sink = sink();
        ArchiveRun stopped = ArchiveRun.begin(sink, 2);
        stopped.write(SampleLake.rows(0, 10));
        Checkpoint first = stopped.checkpoint(1);
        stopped.complete(first, 0);
        try (ArchiveRun run = ArchiveRun.restore(sink, 2, first)) {
            assertThat(offsets()).isEqualTo(range(0, 10));
            run.write(SampleLake.rows(10, 20));
            Checkpoint second = run.checkpoint(2);
            run.complete(second);
            stopped.complete(first, 1);
            stopped.write(SampleLake.rows(10, 30));
            Checkpoint never = stopped.checkpoint(2);
            assertThat(offsets()).isEqualTo(range(0, 20));
            run.write(SampleLake.rows(20, 30));
            run.complete(run.checkpoint(3));
            assertThat(never.id()).isEqualTo(2);
            assertThat(offsets()).isEqualTo(range(0, 30));
        }
        stopped.close();
        assertThat(offsets()).isEqualTo(range(0, 30));
    }

    @Test
    void aRunThatWasReplacedCommitsNoMore() throws Exception {
        ArchiveRun old = ArchiveRun.begin(sink(), 1);
        old.write(SampleLake.rows(0, 10));
        Checkpoint first = old.checkpoint(1);
        old.complete(first);
        try (ArchiveRun run = ArchiveRun.restore(sink(), 1, first)) {
            old.write(SampleLake.rows(10, 20));
            Checkpoint second = old.checkpoint(2);
            assertThatThrownBy(() -> old.complete(second))
                    .hasStackTraceContaining("is not this job's");
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2));
            assertThat(offsets()).isEqualTo(range(0, 20));
        }
        old.close();
    }

    @Test
    void aCheckpointMayBeRestoredAgainAndAgainUntilMoreIsCommitted() throws Exception {
        Checkpoint first;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            first = run.checkpoint(1);
        }
        for (int i = 0; i < 3; i++) {
            try (ArchiveRun run = ArchiveRun.restore(sink(), 2, first)) {
                run.write(SampleLake.rows(10, 20));
                run.checkpoint(2);
                assertThat(offsets()).isEqualTo(range(0, 10));
            }
        }
        try (ArchiveRun run = ArchiveRun.restore(sink(), 2, first)) {
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2));
        }
        assertThatThrownBy(() -> ArchiveRun.restore(sink(), 2, first))
                .hasStackTraceContaining("that were committed after checkpoint 1")
                .hasStackTraceContaining("--rewind-lake");
        assertThat(offsets()).isEqualTo(range(0, 20));
    }

    @Test
    void goesBackToAnOlderCheckpointIfItMay() throws Exception {
        Checkpoint first;
        Checkpoint second;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            first = run.checkpoint(1);
            run.complete(first);
            run.write(SampleLake.rows(10, 20));
            second = run.checkpoint(2);
            run.complete(second);
            run.write(SampleLake.rows(20, 25));
            run.complete(run.checkpoint(3));
        }
        try (ArchiveRun run = ArchiveRun.restore(rewindingSink(), 3, first)) {
            assertThat(offsets()).isEqualTo(range(0, 10));
            assertThat(regularFiles(lake.resolve(".wikiflow/removed")))
                    .isNotEmpty()
                    .as("readers that look into hidden folders")
                    .noneMatch(file -> file.toString().endsWith(".parquet"));
            run.write(SampleLake.rows(10, 40));
            run.complete(run.checkpoint(2));
            assertThat(offsets()).isEqualTo(range(0, 40));
        }
        assertThatThrownBy(() -> ArchiveRun.restore(rewindingSink(), 2, second))
                .hasStackTraceContaining("another start of the archive");
        assertThat(offsets()).isEqualTo(range(0, 40));
        ArchiveRun.restore(rewindingSink(), 1, first).close();
        assertThat(offsets()).isEqualTo(range(0, 10));
    }

    /** Its newest checkpoint was complete, its commit had begun, and then it was damaged. */
    @Test
    void goesBackWhenACommitHadBegun() throws Exception {
        Checkpoint first;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 2)) {
            run.write(SampleLake.rows(0, 10));
            first = run.checkpoint(1);
            run.complete(first);
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2), 1);
        }
        assertThatThrownBy(() -> ArchiveRun.restore(sink(), 2, first))
                .hasStackTraceContaining("--rewind-lake");
        try (ArchiveRun run = ArchiveRun.restore(rewindingSink(), 2, first)) {
            assertThat(offsets()).isEqualTo(range(0, 10));
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2));
        }
        assertThat(offsets()).isEqualTo(range(0, 20));
    }

    @Test
    void aStoppedProcessThatWakesAfterTheLakeWentBackBringsNothingBack() throws Exception {
        ArchiveRun stopped = ArchiveRun.begin(sink(), 2);
        stopped.write(SampleLake.rows(0, 10));
        Checkpoint first = stopped.checkpoint(1);
        stopped.complete(first);
        stopped.write(SampleLake.rows(10, 20));
        Checkpoint second = stopped.checkpoint(2);
        stopped.complete(second, 0);
        try (ArchiveRun run = ArchiveRun.restore(rewindingSink(), 2, first)) {
            assertThatThrownBy(() -> stopped.complete(second, 1))
                    .hasStackTraceContaining("is not this job's");
            assertThat(offsets()).isEqualTo(range(0, 10));
            run.write(SampleLake.rows(10, 20));
            run.complete(run.checkpoint(2));
        }
        stopped.close();
        assertThat(offsets()).isEqualTo(range(0, 20));
    }

    @Test
    void theLogOfCommitsIsKeptForAWeekAndSaysSo() throws Exception {
        Checkpoint first;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            first = run.checkpoint(1);
            run.complete(first);
            for (int id = 2; id <= 5; id++) {
                run.write(SampleLake.rows(id, id + 1));
                run.complete(run.checkpoint(id));
            }
        }
        List<Path> manifests = regularFiles(lake.resolve(Epoch.COMMITS));
        assertThat(manifests).hasSize(4);
        manifests.sort(null);
        FileTime eightDaysAgo = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
        for (Path manifest : manifests.subList(0, 3)) {
            Files.setLastModifiedTime(manifest, eightDaysAgo);
        }
        org.apache.flink.core.fs.Path root = new org.apache.flink.core.fs.Path(lake.toUri());
        new CommitLog(root.getFileSystem(), root).prune();
        assertThat(regularFiles(lake.resolve(Epoch.COMMITS)))
                .containsExactlyInAnyOrderElementsOf(manifests.subList(2, 4));
        assertThatThrownBy(() -> ArchiveRun.restore(rewindingSink(), 1, first))
                .hasStackTraceContaining("is known for a week only");
        assertThat(offsets()).isEqualTo(range(2, 6));
    }

    @Test
    void aJobWithoutStateOverALakeIsRefused() throws Exception {
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            assertThatThrownBy(() -> ArchiveRun.begin(sink(), 1))
                    .hasStackTraceContaining("a job that starts without a checkpoint");
            run.write(SampleLake.rows(0, 10));
            run.complete(run.checkpoint(1));
        }
        assertThatThrownBy(() -> ArchiveRun.begin(rewindingSink(), 1))
                .hasStackTraceContaining("a job that starts without a checkpoint");
        assertThat(offsets()).isEqualTo(range(0, 10));
    }

    @Test
    void aJobWithoutStateOverFilesOfOthersIsRefused() throws Exception {
        SampleLake.write(lake, SampleLake.of("\"a\"", 1), Compression.ZSTD);
        assertThatThrownBy(() -> ArchiveRun.begin(sink(), 1))
                .hasStackTraceContaining("there are files in");
    }

    @Test
    void aCheckpointOfAnotherLakeIsRefused() throws Exception {
        Checkpoint other;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            other = run.checkpoint(1);
        }
        empty();
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            run.write(SampleLake.rows(0, 10));
            run.complete(run.checkpoint(1));
        }
        assertThatThrownBy(() -> ArchiveRun.restore(rewindingSink(), 1, other))
                .hasStackTraceContaining("another start of the archive");
    }

    /** Whoever deletes files has their rows missing, and nothing else. */
    @Test
    void filesThatSomebodyDeletedDoNoOtherHarm() throws Exception {
        Checkpoint savepoint;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            run.write(SampleLake.rows(0, 10));
            run.complete(run.checkpoint(1));
            run.write(SampleLake.rows(10, 20));
            savepoint = run.checkpoint(2);
        }
        empty();
        try (ArchiveRun run = ArchiveRun.restore(sink(), 1, savepoint)) {
            run.write(SampleLake.rows(20, 30));
            run.complete(run.checkpoint(3));
        }
        assertThat(offsets()).isEqualTo(range(20, 30));
    }

    /** The log of commits knows the old lake's files, wherever their rows are by now. */
    @Test
    void aLakeThatWasEmptiedGoesOn() throws Exception {
        Checkpoint second;
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            run.write(SampleLake.rows(0, 10));
            run.complete(run.checkpoint(1));
            run.write(SampleLake.rows(10, 20));
            second = run.checkpoint(2);
            run.complete(second);
        }
        for (FileStatus file : files()) {
            Files.delete(Path.of(file.getPath().getPath()));
        }
        try (ArchiveRun run = ArchiveRun.restore(sink(), 1, second)) {
            run.write(SampleLake.rows(20, 30));
            run.complete(run.checkpoint(3));
        }
        assertThat(offsets()).isEqualTo(range(20, 30));
    }

    /** Any mix of all this, against a model of a few lines. */
    @Test
    void holdsWhateverHappensInWhateverOrder() throws Exception {
        Random random = new Random(Seed.draw());
        for (int round = 0; round < ROUNDS; round++) {
            empty();
            mixture(random);
        }
    }

    private void mixture(Random random) throws Exception {
        List<ArchiveRun> zombies = new ArrayList<>();
        List<Checkpoint> restorable = new ArrayList<>();
        List<Long> covered = new ArrayList<>();
        LakeSink sink = sink();
        ArchiveRun run = ArchiveRun.begin(sink, 1 + random.nextInt(3));
        long read = 0;
        long committed = 0;
        long id = 0;
        for (int step = 0; step < 25; step++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    long more = random.nextInt(8);
                    run.write(SampleLake.rows(read, read + more));
                    read += more;
                }
                case 2 -> run.checkpoint(++id);
                case 3 -> {
                    Checkpoint checkpoint = run.checkpoint(++id);
                    run.complete(checkpoint);
                    restorable.add(checkpoint);
                    covered.add(read);
                    committed = read;
                }
                case 4 -> {
                    // The process is killed, or only stopped; Flink restarts from the newest.
                    if (random.nextBoolean()) {
                        run.close();
                    } else {
                        zombies.add(run);
                    }
                    int parallelism = 1 + random.nextInt(3);
                    if (restorable.isEmpty()) {
                        run = ArchiveRun.begin(sink, parallelism);
                        read = 0;
                    } else {
                        int newest = restorable.size() - 1;
                        if (random.nextBoolean()) {
                            sink = sink();
                        }
                        run = ArchiveRun.restore(sink, parallelism, restorable.get(newest));
                        read = covered.get(newest);
                        id = Math.max(id, restorable.get(newest).id());
                    }
                }
                default -> {
                    if (!restorable.isEmpty()) {
                        zombies.add(run);
                        int chosen = random.nextInt(restorable.size());
                        sink = rewindingSink();
                        run =
                                ArchiveRun.restore(
                                        sink, 1 + random.nextInt(3), restorable.get(chosen));
                        read = covered.get(chosen);
                        committed = read;
                        id = restorable.get(chosen).id();
                        restorable.subList(chosen + 1, restorable.size()).clear();
                        covered.subList(chosen + 1, covered.size()).clear();
                    }
                }
            }
            assertThat(offsets()).as("step %d", step).isEqualTo(range(0, committed));
        }
        run.close();
        for (ArchiveRun zombie : zombies) {
            zombie.close();
        }
        assertThat(offsets()).isEqualTo(range(0, committed));
    }

    private LakeSink sink() {
        return new LakeSink(lake.toUri(), new FileSettings(4, Compression.ZSTD, 3), false);
    }

    private LakeSink rewindingSink() {
        return new LakeSink(lake.toUri(), new FileSettings(4, Compression.ZSTD, 3), true);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    /** What readers see, in order. */
    private List<Long> offsets() throws IOException {
        List<Long> offsets = new ArrayList<>();
        for (FileStatus file : files()) {
            try (LakeFileReader reader =
                    new LakeFileReader(
                            file.getPath(), file.getLen(), List.of(LakeColumn.EVENT_OFFSET))) {
                while (reader.next()) {
                    offsets.add(reader.number(LakeColumn.EVENT_OFFSET));
                }
            }
        }
        offsets.sort(null);
        return offsets;
    }

    private List<FileStatus> files() throws IOException {
        return LakeListing.files(new org.apache.flink.core.fs.Path(lake.toUri()), LakeDays.ALL);
    }

    private List<Path> stagedFiles() throws IOException {
        return regularFiles(lake.resolve(Epoch.STAGING));
    }

    private static List<Path> regularFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return new ArrayList<>(found.filter(Files::isRegularFile).toList());
        }
    }

    private void empty() throws IOException {
        Files.walkFileTree(
                lake,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path folder, IOException failure)
                            throws IOException {
                        if (!folder.equals(lake)) {
                            Files.delete(folder);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
