package io.github.wikiflow.harness.pipeline;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.FlinkPath;
import io.github.wikiflow.quickstart.JobSubmission;
import io.github.wikiflow.quickstart.RestorePoints;
import io.github.wikiflow.quickstart.RestorePoints.RestorePoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that is submitted again, from its newest checkpoint or savepoint, whenever the JobManager
 * does not know it: what an operator's script does after a JobManager has died, since Flink itself
 * remembers jobs only with ZooKeeper or on Kubernetes. Thread-safe.
 */
public final class SupervisedJob implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedJob.class);
    private static final long LOOK_MILLIS = 300;
    private static final Duration SAVEPOINT_WITHIN = Duration.ofMinutes(1);
    private static final Duration START_WITHIN = Duration.ofMinutes(5);

    private final String name;
    private final JobSubmission submission;
    private final Configuration cluster;
    private final FlinkCluster flink;
    private final Path state;
    private final RestorePoints restorePoints;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<String> refusal = new AtomicReference<>();
    private final Thread supervisor;
    private volatile boolean closed;

    // Guarded by the lock.
    private int run;
    private int parallelism;
    private boolean finished;

    /**
     * A job that is kept running from now on.
     *
     * @param cluster where, and how jobs run by default
     * @param state folder for all checkpoints and savepoints of this job
     */
    SupervisedJob(
            String name,
            JobSubmission submission,
            Configuration cluster,
            FlinkCluster flink,
            Path state) {
        this.name = name;
        this.submission = submission;
        this.cluster = new Configuration(cluster);
        this.flink = flink;
        this.state = state;
        this.parallelism = cluster.get(CoreOptions.DEFAULT_PARALLELISM);
        this.restorePoints = new RestorePoints(state);
        this.supervisor = new Thread(this::supervise, "supervisor of " + name);
        supervisor.setDaemon(true);
        supervisor.start();
    }

    /** Also its consumer group. */
    public String name() {
        return name;
    }

    /** Under which it runs now, or ran last. */
    public JobID id() {
        lock.lock();
        try {
            return id(run);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all its tasks run.
     *
     * @throws TimeoutException if they do not in time, with the reason if the job is refused
     */
    public void awaitRunning() throws InterruptedException, TimeoutException {
        await(() -> flink.allTasksRun(id()), "does not run");
    }

    /**
     * Waits until it has completed a checkpoint.
     *
     * @throws TimeoutException if it has not in time
     */
    public void awaitCheckpoint() throws InterruptedException, TimeoutException {
        await(() -> flink.stateBytes(id()) > 0, "has completed no checkpoint");
    }

    private void await(Condition condition, String otherwise)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "%s %s after %s: %s"
                                .formatted(
                                        name,
                                        otherwise,
                                        START_WITHIN,
                                        refusal().orElse("pending")));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static boolean holds(Condition condition) throws InterruptedException {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    /** Why it could not go on, when that was last tried; empty if it could. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal.get());
    }

    /** The metadata of its newest checkpoint. */
    public Optional<Path> newestMetadata() throws IOException {
        return restorePoints.newestMetadata();
    }

    /** Whether it has a checkpoint or savepoint that can be read. */
    public boolean canGoOn() throws IOException {
        try {
            return restorePoints.choose().isPresent();
        } catch (OperationException e) {
            return false;
        }
    }

    /**
     * Stops the job with a savepoint and starts it from there with another parallelism, as for a
     * new version of its jar. If that fails on the way, because something else is broken too, the
     * job goes on from wherever it is.
     *
     * @param tasks the parallelism from now on
     * @throws IOException if Flink does not do its part
     * @throws TimeoutException if it does not do it in time
     * @throws OperationException if the job is refused
     */
    public void upgrade(int tasks) throws InterruptedException, IOException, TimeoutException {
        lock.lockInterruptibly();
        try {
            parallelism = tasks;
            stop(false);
            submitIfAbsent();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the job for good, all its windows included.
     *
     * @throws TimeoutException if it does not end within that time
     */
    public void finish(Duration atMost) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() < deadline) {
            lock.lockInterruptibly();
            try {
                stop(true);
                finished = true;
                return;
            } catch (IOException e) {
                LOG.info("{} does not end yet: {}", name, e.toString());
            } finally {
                lock.unlock();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new TimeoutException("%s has not ended within %s".formatted(name, atMost));
    }

    @Override
    public void close() {
        closed = true;
        supervisor.interrupt();
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            while (!closed) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                lock.lockInterruptibly();
                try {
                    if (!finished) {
                        submitIfAbsent();
                        refusal.set(null);
                    }
                } catch (IOException e) {
                    LOG.debug("The JobManager does not answer", e);
                } catch (OperationException e) {
                    if (!Objects.equals(e.getMessage(), refusal.getAndSet(e.getMessage()))) {
                        LOG.info("{} cannot go on yet: {}", name, e.getMessage());
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("No longer supervised");
        }
    }

    private void submitIfAbsent() throws IOException, InterruptedException {
        JobStatus status = flink.jobs().get(id(run));
        if (status != null && !status.isGloballyTerminalState()) {
            return;
        }
        Optional<RestorePoint> point = restorePoints.choose();
        // A JobManager takes no job under the id of one that has ended.
        run++;
        Configuration configuration = new Configuration(cluster);
        configuration.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.text(state));
        submission.submit(configuration, id(run), point.orElse(null));
    }

    private void stop(boolean drain) throws IOException, InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + SAVEPOINT_WITHIN.toNanos();
        JobID id = id(run);
        String trigger = flink.stop(id, drain, FlinkPath.text(state.resolve("savepoints")));
        while (flink.savepoint(id, trigger) == null || !hasEnded(id)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "no savepoint of %s within %s".formatted(name, SAVEPOINT_WITHIN));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private boolean hasEnded(JobID id) throws IOException, InterruptedException {
        Map<JobID, JobStatus> jobs = flink.jobs();
        return jobs.containsKey(id) && jobs.get(id).isGloballyTerminalState();
    }

    private JobID id(int number) {
        UUID uuid = UUID.nameUUIDFromBytes((name + " " + number).getBytes(StandardCharsets.UTF_8));
        return new JobID(uuid.getLeastSignificantBits(), uuid.getMostSignificantBits());
    }
}
