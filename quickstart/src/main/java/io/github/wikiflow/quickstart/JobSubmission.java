package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.RestorePoints.RestorePoint;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.ClientUtils;
import org.apache.flink.client.program.PackagedProgram;
import org.apache.flink.client.program.ProgramInvocationException;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits one of the pipeline's jars as {@code flink run -d} does: under a job id that is the same
 * at every start and from the newest of the job's own checkpoints and savepoints, or from where the
 * caller says.
 */
public final class JobSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(JobSubmission.class);

    /** As many as {@code execution.checkpointing.num-retained}. */
    private static final int KEPT_CHECKPOINTS = 3;

    private final String name;
    private final Path jar;
    private final Output output;
    private final List<String> arguments;

    /** What a job is told if it goes back further than to its newest checkpoint. */
    public enum Output {
        /** Nothing: what is written again replaces what was written before. */
        REPLACES(List.of()),
        /** To take back what it has written since, as that would be there twice. */
        TAKES_BACK(List.of("--rewind-lake"));

        private final List<String> arguments;

        Output(List<String> arguments) {
            this.arguments = arguments;
        }
    }

    /**
     * @param name the job's name, from which its id follows
     * @param jar the self-contained jar that users submit too
     */
    public JobSubmission(String name, Path jar, Output output, List<String> arguments) {
        this.name = name;
        this.jar = jar;
        this.output = output;
        this.arguments = List.copyOf(arguments);
    }

    /** The id under which the job named {@code name} always runs. */
    static JobID jobId(String name) {
        UUID uuid = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new JobID(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits());
    }

    /**
     * Submits the job to go on from the newest of its checkpoints and savepoints.
     *
     * @param id that no other job of the cluster has or had
     * @param checkpoints where all jobs keep theirs, in a folder for each by its name
     * @param savepoints where the cluster puts those of all jobs
     * @return the checkpoint or savepoint it goes on from, or null if it starts from the beginning
     * @throws OperationException if the job is refused
     */
    @Nullable Path submit(Configuration cluster, JobID id, Path checkpoints, Path savepoints) {
        Path own = checkpoints.resolve(name);
        RestorePoint restored;
        try {
            RestorePoints points = new RestorePoints(own, savepoints);
            points.prune(KEPT_CHECKPOINTS);
            restored = points.choose().orElse(null);
        } catch (IOException e) {
            throw new OperationException("%s was not accepted: %s".formatted(name, e), e);
        }
        Configuration configuration = new Configuration(cluster);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.text(own));
        submit(configuration, id, restored);
        return restored == null ? null : restored.folder();
    }

    /** As the other one, for a cluster whose jobs have the same ids at every start. */
    @Nullable Path submit(Configuration cluster, DataFolder data) {
        return submit(cluster, jobId(name), data.jobs(), data.savepoints());
    }

    /**
     * Submits the job.
     *
     * @param id that no other job of the cluster has or had
     * @param restored the checkpoint it goes on from and takes over, or the savepoint, which stays
     *     its owner's; null to start from the beginning. If it is not the newest, what the job has
     *     written since then is taken back, so none of its processes may run any more
     * @throws OperationException if the job is refused
     */
    public void submit(Configuration cluster, JobID id, @Nullable RestorePoint restored) {
        if (!Files.isRegularFile(jar)) {
            throw new OperationException(
                    "the jar of %s is missing at '%s'; run ./wikiflow build".formatted(name, jar));
        }
        try {
            run(cluster, id, restored);
            LOG.info(
                    "Submitted {} from {}",
                    name,
                    restored == null ? "the beginning" : restored.folder());
        } catch (ProgramParametrizationException e) {
            throw new OperationException(name + ": " + e.getMessage(), e);
        } catch (ProgramInvocationException e) {
            throw new OperationException("%s was not accepted: %s".formatted(name, e), e);
        }
    }

    private void run(Configuration cluster, JobID id, @Nullable RestorePoint restored)
            throws ProgramInvocationException {
        Configuration configuration = new Configuration(cluster);
        configuration.set(DeploymentOptions.TARGET, "remote");
        configuration.set(DeploymentOptions.ATTACHED, false);
        configuration.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, id.toHexString());
        List<String> all = new ArrayList<>(arguments);
        if (restored != null) {
            if (!restored.isNewest()) {
                all.addAll(output.arguments);
            }
            configuration.set(
                    StateRecoveryOptions.SAVEPOINT_PATH, FlinkPath.text(restored.folder()));
            configuration.set(
                    StateRecoveryOptions.RESTORE_MODE,
                    RestorePoints.isCheckpoint(restored.folder())
                            ? RecoveryClaimMode.CLAIM
                            : RecoveryClaimMode.NO_CLAIM);
        }
        try (PackagedProgram program =
                PackagedProgram.newBuilder()
                        .setJarFile(jar.toFile())
                        .setArguments(all.toArray(String[]::new))
                        .setConfiguration(configuration)
                        .build()) {
            ConfigUtils.encodeCollectionToConfig(
                    configuration,
                    PipelineOptions.JARS,
                    program.getJobJarAndDependencies(),
                    URL::toString);
            ClientUtils.executeProgram(
                    new DefaultExecutorServiceLoader(), configuration, program, false, true);
        }
    }
}
