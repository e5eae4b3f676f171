package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.RestorePoints.RestorePoint;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorePointsTest {

    private static final JobID JOB = JobSubmission.jobId("some-job");

    @TempDir private Path folder;

    @Test
    void aJobHasTheSameIdAtEveryStart() {
        assertThat(JobSubmission.jobId("wikiflow-archive"))
                .isEqualTo(JobSubmission.jobId("wikiflow-archive"))
                .isNotEqualTo(JobSubmission.jobId("wikiflow-rankings"));
    }

    @Test
    void aNewJobHasNone() throws Exception {
        assertThat(chosen()).isEmpty();
    }

    @Test
    void theNewestIsTheOneWithTheHighestNumber() throws Exception {
        complete(9);
        complete(10);
        incomplete(11);
        assertThat(chosen()).contains(path(10));
    }

    @Test
    void timesOfFilesSayNothing() throws Exception {
        complete(10);
        Path savepoint = folder.resolve("savepoints/savepoint-1");
        complete(savepoint, 9);
        for (Path older : List.of(path(10), savepoint)) {
            Path newer = older.equals(savepoint) ? path(10) : savepoint;
            Instant now = Instant.parse("2026-05-01T10:00:00Z");
            Files.setLastModifiedTime(older.resolve("_metadata"), FileTime.from(now));
            Files.setLastModifiedTime(
                    newer.resolve("_metadata"), FileTime.from(now.plusSeconds(60)));
            assertThat(chosen()).contains(path(10));
        }
    }

    @Test
    void aSavepointsFolderOfTheJobsNameCounts() throws Exception {
        Path state = Files.createDirectories(folder.resolve("checkpoints/some-job"));
        Path savepoints = folder.resolve("of-the-cluster");
        complete(savepoints.resolve("some-job/savepoint-1"), 3);
        complete(savepoints.resolve("another-job/savepoint-1"), 4);
        assertThat(new RestorePoints(state, savepoints).choose())
                .contains(new RestorePoint(savepoints.resolve("some-job/savepoint-1"), true));
    }

    @Test
    void aSavepointCountsLikeACheckpointAndOutlivesThem() throws Exception {
        complete(9);
        Path savepoint = folder.resolve("savepoints/savepoint-1");
        complete(savepoint, 10);
        assertThat(chosen()).contains(savepoint);
        complete(11);
        assertThat(chosen()).contains(path(11));
        points().prune(0);
        assertThat(chosen()).contains(savepoint);
    }

    @Test
    void ofTheClustersSavepointsOnlyThoseOfTheJobsRunsCount() throws Exception {
        Path savepoints = folder.resolve("of-the-cluster");
        Path state = folder.resolve("of-the-job");
        Files.createDirectories(state.resolve("89816de1818f2d6576dc40c5eb1c35c6"));
        complete(savepoints.resolve("savepoint-89816d-3f51fb630041"), 9);
        complete(savepoints.resolve("savepoint-8cf478-3f51fb630041"), 10);
        assertThat(new RestorePoints(state, savepoints).choose())
                .contains(
                        new RestorePoint(
                                savepoints.resolve("savepoint-89816d-3f51fb630041"), true));
    }

    @Test
    void theNumbersOfSeveralRunsGoOn() throws Exception {
        complete(10);
        Path later = folder.resolve("0123456789abcdef0123456789abcdef/chk-11");
        complete(later, 11);
        assertThat(chosen()).contains(later);
    }

    /** Then the job must take back what it has committed since. */
    @Test
    void aDamagedOneIsPassedOverAndThatIsSaid() throws Exception {
        complete(9);
        assertThat(points().choose()).contains(new RestorePoint(path(9), true));
        damaged(10);
        assertThat(points().choose()).contains(new RestorePoint(path(9), false));
        damaged(folder.resolve("savepoints/savepoint-1"));
        assertThat(points().choose()).contains(new RestorePoint(path(9), false));
    }

    @Test
    void withoutAnyReadableOneNothingStarts() throws Exception {
        damaged(10);
        assertThatThrownBy(() -> points().choose())
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("none of the 1 checkpoints in '")
                .hasMessageEndingWith(
                        "can be read; restore one, or delete them to start from the beginning");
    }

    @Test
    void pruningKeepsTheNewestCompleteOnesAndWhatJobsShare() throws Exception {
        for (int number = 1; number <= 5; number++) {
            complete(number);
        }
        incomplete(6);
        Path shared = Files.createDirectories(jobFolder().resolve("shared"));
        points().prune(3);
        try (Stream<Path> left = Files.list(jobFolder())) {
            assertThat(left).containsExactlyInAnyOrder(path(3), path(4), path(5), shared);
        }
    }

    private Optional<Path> chosen() throws IOException {
        return points().choose().map(RestorePoint::folder);
    }

    private RestorePoints points() {
        return new RestorePoints(folder);
    }

    private Path jobFolder() {
        return folder.resolve(JOB.toHexString());
    }

    private Path path(int number) {
        return jobFolder().resolve("chk-" + number);
    }

    private void complete(int number) throws Exception {
        complete(path(number), number);
    }

    private static void complete(Path path, int number) throws Exception {
        Files.createDirectories(path);
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(path.resolve("_metadata")))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(number, List.of(), List.of()), out);
        }
    }

    private void damaged(int number) throws Exception {
        damaged(path(number));
    }

    private static void damaged(Path point) throws Exception {
        Files.createDirectories(point);
        Files.writeString(point.resolve("_metadata"), "not metadata");
    }

    private void incomplete(int number) throws Exception {
        Files.createDirectories(path(number));
        Files.writeString(path(number).resolve("some-state"), "");
    }
}
