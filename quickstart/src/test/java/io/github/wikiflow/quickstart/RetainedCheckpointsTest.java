package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetainedCheckpointsTest {

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
        assertThat(checkpoints().restorePoint(Output.ADDS)).isEmpty();
    }

    @Test
    void theNewestIsTheOneWithTheHighestNumber() throws Exception {
        complete(9);
        complete(10);
        incomplete(11);
        assertThat(checkpoints().restorePoint(Output.ADDS)).contains(path(10));
    }

    @Test
    void aDamagedOneIsPassedOverIfThatDoesNoHarm() throws Exception {
        complete(9);
        damaged(10);
        assertThat(checkpoints().restorePoint(Output.REPLACES)).contains(path(9));
    }

    @Test
    void aDamagedOneIsNotPassedOverIfThatWouldRepeatOutput() throws Exception {
        complete(9);
        damaged(10);
        assertThatThrownBy(() -> checkpoints().restorePoint(Output.ADDS))
                .isInstanceOf(OperationException.class)
                .hasMessage(
                        "the newest checkpoint '%s' cannot be read, and an older one would write again what was written since; restore it, or delete it to accept repeats",
                        path(10));
    }

    @Test
    void withoutAnyReadableOneNothingStarts() throws Exception {
        damaged(10);
        assertThatThrownBy(() -> checkpoints().restorePoint(Output.REPLACES))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("none of the 1 checkpoints in '")
                .hasMessageEndingWith(
                        "can be read; restore the folder, or delete it to start that job from the beginning");
    }

    @Test
    void pruningKeepsTheNewestCompleteOnesAndWhatJobsShare() throws Exception {
        for (int number = 1; number <= 5; number++) {
            complete(number);
        }
        incomplete(6);
        Path shared = Files.createDirectories(jobFolder().resolve("shared"));
        checkpoints().prune(3);
        try (Stream<Path> left = Files.list(jobFolder())) {
            assertThat(left).containsExactlyInAnyOrder(path(3), path(4), path(5), shared);
        }
    }

    private RetainedCheckpoints checkpoints() {
        return new RetainedCheckpoints(folder, JOB);
    }

    private Path jobFolder() {
        return folder.resolve(JOB.toHexString());
    }

    private Path path(int number) {
        return jobFolder().resolve("chk-" + number);
    }

    private void complete(int number) throws Exception {
        Files.createDirectories(path(number));
        try (DataOutputStream out =
                new DataOutputStream(Files.newOutputStream(path(number).resolve("_metadata")))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(number, List.of(), List.of()), out);
        }
    }

    private void damaged(int number) throws Exception {
        Files.createDirectories(path(number));
        Files.writeString(path(number).resolve("_metadata"), "not metadata");
    }

    private void incomplete(int number) throws Exception {
        Files.createDirectories(path(number));
        Files.writeString(path(number).resolve("some-state"), "");
    }
}
