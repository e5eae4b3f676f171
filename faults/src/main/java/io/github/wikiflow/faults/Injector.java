package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.faults.pipeline.CountedAnew;
import io.github.wikiflow.faults.pipeline.MovedClock;
import io.github.wikiflow.faults.pipeline.Pace;
import io.github.wikiflow.faults.pipeline.StreamFaults;
import io.github.wikiflow.faults.pipeline.WholePipeline;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.harness.process.SupervisedProcess;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does to a running pipeline what a plan says. A fault that lasts is over when its call returns;
 * what follows from it is not. Thread-safe.
 */
final class Injector {

    /** Longer than any process waits for another. */
    private static final Duration PAUSE = WholePipeline.HEARTBEAT_TIMEOUT.plusSeconds(3);

    /** Longer than the bridge's transactions may stay open. */
    private static final Duration OUTAGE = WholePipeline.TRANSACTION_TIMEOUT.plusSeconds(4);

    /** So far ahead of what is published, by the stream's clock, a log may begin anew. */
    private static final Duration AHEAD = Duration.ofMinutes(10);

    /** Offsets that the bridge remembers, or has long forgotten, then mean other events. */
    private static final int MOST_LOWER = 20_000;

    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration CLOCK_WRONG = Duration.ofSeconds(6);

    private static final Duration SECOND_BRIDGE_WITHIN = Duration.ofSeconds(60);

    /** What no service answers to a position, but a firewall may. */
    private static final List<Integer> ODD_STATUS = List.of(400, 403, 404, 409, 410, 416, 451);

    private static final Duration DISK_FULL = Duration.ofSeconds(4);
    private static final Duration BURST = Duration.ofSeconds(1);
    private static final double BURST_FACTOR = 100;

    /** The bridge knows as many events at least by their bytes, if they have no id or offset. */
    private static final int MOST_REPEATED = 150;

    /** More than the cluster has slots for would not start. */
    private static final int MOST_TASKS = 3;

    private static final long LOOK_MILLIS = 100;

    private final WholePipeline pipeline;
    private final StreamFaults streamFaults;
    private final Pace pace;
    private final CountedAnew offsets;

    /** Null if there is none that can be filled. */
    private final @Nullable LakeDisk disk;

    /** One after the other, in the order of the stream's time. */
    private final ReentrantLock beginningLock = new ReentrantLock();

    /** Two of these at a time would undo each other's damage. */
    private final ReentrantLock checkpointLock = new ReentrantLock();

    /**
     * @param offsets of the stream's log
     * @param disk null if there is none that can be filled
     */
    Injector(WholePipeline pipeline, Pace pace, CountedAnew offsets, @Nullable LakeDisk disk) {
        this.pipeline = pipeline;
        this.streamFaults = new StreamFaults(pipeline.source());
        this.pace = pace;
        this.offsets = offsets;
        this.disk = disk;
    }

    /** What cannot be injected on this machine, and why. */
    Map<FaultKind, String> impossible() {
        Map<FaultKind, String> impossible = new EnumMap<>(FaultKind.class);
        if (disk == null) {
            impossible.put(FaultKind.FULL_DISK, "only root can mount a disk that can be filled up");
        }
        if (!MovedClock.isPossible()) {
            impossible.put(
                    FaultKind.CLOCK_JUMP,
                    "libfaketime is not here; install the package of that name");
        }
        return impossible;
    }

    /**
     * Injects a fault and waits until what caused it is over.
     *
     * @throws TimeoutException if the pipeline does not do what it must do before it can be over
     */
    Injection inject(PlannedFault fault)
            throws IOException, InterruptedException, TimeoutException {
        Random random = new Random(fault.seed());
        return switch (fault.kind()) {
            case KILL_SOURCE -> kill(pipeline.source());
            case KILL_BROKER -> kill(pipeline.broker());
            case KILL_BRIDGE -> kill(pipeline.bridge());
            case KILL_JOB_MANAGER -> kill(pipeline.jobManager());
            case KILL_TASK_MANAGER -> kill(taskManager(random));
            case KILL_DASHBOARD -> kill(pipeline.dashboard());
            case PAUSE_SOURCE -> pause(pipeline.source());
            case PAUSE_BROKER -> pause(pipeline.broker());
            case PAUSE_BRIDGE -> pause(pipeline.bridge());
            case PAUSE_JOB_MANAGER -> pause(pipeline.jobManager());
            case PAUSE_TASK_MANAGER -> pause(taskManager(random));
            case PAUSE_DASHBOARD -> pause(pipeline.dashboard());
            case RESTART_BROKER -> terminate(pipeline.broker());
            case RESTART_BRIDGE -> terminate(pipeline.bridge());
            case CUT_CONNECTION -> order(cuts(random));
            case BROKEN_STREAM -> order(breaks(random));
            case REPEATED_EVENTS ->
                    order(
                            List.of(
                                    "repeat "
                                            + random.nextInt(
                                                    Fault.LEAST_REPEATED, MOST_REPEATED + 1)));
            case BURST -> race();
            case FULL_DISK -> fillDisk();
            case DAMAGED_CHECKPOINT -> damageCheckpoint(random);
            case UPGRADE -> upgrade(random);
            case BROKER_OUTAGE -> stopBroker();
            case LOG_BEGUN_ANEW -> beginAnew(random);
            case REFUSED_POSITION -> order(refusals(random));
            case SECOND_BRIDGE -> startSecondBridge(random);
            case CLOCK_JUMP -> moveClock(random);
            case ODD_RECORDS -> writeOddRecords(random);
        };
    }

    private SupervisedProcess taskManager(Random random) {
        List<SupervisedProcess> all = pipeline.taskManagers();
        return all.get(random.nextInt(all.size()));
    }

    private SupervisedJob job(Random random) {
        return random.nextBoolean() ? pipeline.archive() : pipeline.rankings();
    }

    private static Injection kill(SupervisedProcess process) throws InterruptedException {
        return Injection.of(process.kill(), "it did not run");
    }

    private static Injection pause(SupervisedProcess process)
            throws IOException, InterruptedException {
        return Injection.of(process.pause(PAUSE), "it did not run, or not to the end of the pause");
    }

    private static Injection terminate(SupervisedProcess process) throws InterruptedException {
        return Injection.of(process.terminate(), "it did not run, or not stop when asked to");
    }

    private Injection order(List<String> faults) throws IOException, InterruptedException {
        return Injection.of(
                streamFaults.order(faults), "the stream did not come to all of " + faults);
    }

    private static List<String> cuts(Random random) {
        List<String> cuts = new ArrayList<>();
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
            cuts.add(
                    random.nextBoolean()
                            ? "cut " + ending
                            : "half-frame %s %s".formatted(ending, random.nextDouble()));
        }
        return cuts;
    }

    private static List<String> breaks(Random random) {
        List<String> kinds =
                List.of("garbage", "error", "silence 700", "refuse 503", "refuse 429", "cut RESET");
        List<String> breaks = new ArrayList<>();
        for (int left = 2 + random.nextInt(5); left > 0; left--) {
            breaks.add(kinds.get(random.nextInt(kinds.size())));
        }
        // What refuses the next request comes to pass when there is one.
        breaks.add("cut RESET");
        return breaks;
    }

    private Injection race() throws InterruptedException {
        pace.race(BURST_FACTOR, BURST);
        return new Injection.Done();
    }

    private Injection fillDisk() throws IOException, InterruptedException {
        Path ballast = Objects.requireNonNull(disk, "no disk to fill").fill();
        try {
            TimeUnit.NANOSECONDS.sleep(DISK_FULL.toNanos());
        } finally {
            Files.delete(ballast);
        }
        return new Injection.Done();
    }

    private Injection upgrade(Random random) throws InterruptedException {
        SupervisedJob job = job(random);
        try {
            job.upgrade(1 + random.nextInt(MOST_TASKS));
            return new Injection.Done();
        } catch (IOException | TimeoutException | OperationException e) {
            return new Injection.NotDone("%s: %s".formatted(job.name(), e.getMessage()));
        }
    }

    /**
     * Damages the newest checkpoint while the JobManager is dead. The jobs must go on from an older
     * one, and the archive take back what it has committed since.
     */
    private Injection damageCheckpoint(Random random)
            throws IOException, InterruptedException, TimeoutException {
        checkpointLock.lockInterruptibly();
        pipeline.jobManager().hold();
        try {
            pipeline.jobManager().kill();
            SupervisedJob job = job(random);
            Optional<Path> metadata = job.newestMetadata();
            if (metadata.isEmpty()) {
                return new Injection.NotDone(job.name() + " has no checkpoint");
            }
            byte[] intact = Files.readAllBytes(metadata.get());
            Files.write(metadata.get(), damaged(intact, random));
            if (!job.canGoOn()) {
                Files.write(metadata.get(), intact);
                return new Injection.NotDone(job.name() + " has no older checkpoint");
            }
            return new Injection.Done();
        } finally {
            pipeline.jobManager().release();
            checkpointLock.unlock();
        }
    }

    private Injection stopBroker() throws InterruptedException {
        pipeline.broker().hold();
        try {
            if (!pipeline.broker().kill()) {
                return new Injection.NotDone("it did not run");
            }
            TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
            return new Injection.Done();
        } finally {
            pipeline.broker().release();
        }
    }

    private Injection beginAnew(Random random) throws InterruptedException {
        beginningLock.lockInterruptibly();
        try {
            long time = pace.now() + AHEAD.toMillis();
            streamFaults.beginAnew(offsets, time, 1 + random.nextInt(MOST_LOWER));
            while (pace.now() < time) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            return new Injection.Done();
        } finally {
            beginningLock.unlock();
        }
    }

    /** The first request after the cut names a position, and so do those that follow. */
    private static List<String> refusals(Random random) {
        List<String> refusals = new ArrayList<>();
        for (int left = 2 + random.nextInt(4); left > 0; left--) {
            refusals.add("refuse " + ODD_STATUS.get(random.nextInt(ODD_STATUS.size())));
        }
        refusals.add("cut RESET");
        return refusals;
    }

    /**
     * With the first one's port it cannot run, and must end before it has fenced the first; with
     * another it takes over, so that the first ends, is started again and takes over in turn.
     */
    private Injection startSecondBridge(Random random) throws IOException, InterruptedException {
        boolean sameHost = random.nextBoolean();
        long first = pipeline.bridge().pid();
        long deadline = System.nanoTime() + SECOND_BRIDGE_WITHIN.toNanos();
        try (JavaProcess second =
                pipeline.deployment().startSecondBridge(pipeline.bridgeOptions(), sameHost)) {
            while (sameHost ? second.isAlive() : pipeline.bridge().pid() == first) {
                if (System.nanoTime() > deadline) {
                    return new Injection.NotDone(
                            sameHost
                                    ? "it runs at the first one's port"
                                    : "it does not take over from the first");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            return new Injection.Done();
        }
    }

    private Injection moveClock(Random random) throws IOException, InterruptedException {
        MovedClock clock =
                random.nextBoolean() ? pipeline.bridgeClock() : pipeline.dashboardClock();
        clock.move(random.nextBoolean() ? YEAR : YEAR.negated());
        try {
            TimeUnit.NANOSECONDS.sleep(CLOCK_WRONG.toNanos());
        } finally {
            clock.move(Duration.ZERO);
        }
        return new Injection.Done();
    }

    private Injection writeOddRecords(Random random) throws InterruptedException {
        try {
            new OddRecords(random).write(pipeline.deployment().kafkaClient());
            return new Injection.Done();
        } catch (ExecutionException e) {
            return new Injection.NotDone(String.valueOf(e.getCause()));
        }
    }

    /** As a torn write or a lost block leave a file. */
    private static byte[] damaged(byte[] intact, Random random) {
        return random.nextBoolean()
                ? Arrays.copyOf(intact, random.nextInt(intact.length))
                : new byte[intact.length];
    }
}
