package io.github.wikiflow.faults;

import io.github.wikiflow.faults.pipeline.Deployment;
import io.github.wikiflow.faults.pipeline.Pace;
import io.github.wikiflow.faults.pipeline.SupervisedJob;
import io.github.wikiflow.faults.process.SupervisedProcess;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Does to a running pipeline what a plan says. A fault that lasts is over when its call returns;
 * what follows from it is not. Thread-safe.
 */
final class Injector {

    /** Longer than any process waits for another. */
    private static final Duration PAUSE = Deployment.HEARTBEAT_TIMEOUT.plusSeconds(3);

    private static final Duration DISK_FULL = Duration.ofSeconds(4);
    private static final Duration BURST = Duration.ofSeconds(1);
    private static final double BURST_FACTOR = 100;
    private static final Duration REFUSED_WITHIN = Duration.ofMinutes(1);

    /** The bridge knows as many events at least by their bytes, if they have no id or offset. */
    private static final int MOST_REPEATED = 150;

    private static final long LOOK_MILLIS = 100;

    private final Deployment pipeline;
    private final Pace pace;
    private final LakeDisk disk;

    /** Two of these at a time would undo each other's damage. */
    private final ReentrantLock checkpointLock = new ReentrantLock();

    /**
     * @param disk null if there is none that can be filled
     */
    Injector(Deployment pipeline, Pace pace, LakeDisk disk) {
        this.pipeline = pipeline;
        this.pace = pace;
        this.disk = disk;
    }

    /** What can be injected on this machine. */
    Set<FaultKind> kinds() {
        Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
        if (disk == null) {
            kinds.remove(FaultKind.FULL_DISK);
        }
        return kinds;
    }

    /** Injects a fault and waits until what caused it is over. */
    void inject(PlannedFault fault) throws IOException, InterruptedException, TimeoutException {
        Random random = new Random(fault.seed());
        switch (fault.kind()) {
            case KILL_SOURCE -> pipeline.source().kill();
            case KILL_BROKER -> pipeline.broker().kill();
            case KILL_BRIDGE -> pipeline.bridge().kill();
            case KILL_JOB_MANAGER -> pipeline.jobManager().kill();
            case KILL_TASK_MANAGER -> taskManager(random).kill();
            case KILL_DASHBOARD -> pipeline.dashboard().kill();
            case PAUSE_SOURCE -> pipeline.source().pause(PAUSE);
            case PAUSE_BROKER -> pipeline.broker().pause(PAUSE);
            case PAUSE_BRIDGE -> pipeline.bridge().pause(PAUSE);
            case PAUSE_JOB_MANAGER -> pipeline.jobManager().pause(PAUSE);
            case PAUSE_TASK_MANAGER -> taskManager(random).pause(PAUSE);
            case PAUSE_DASHBOARD -> pipeline.dashboard().pause(PAUSE);
            case RESTART_BROKER -> pipeline.broker().terminate();
            case RESTART_BRIDGE -> pipeline.bridge().terminate();
            case CUT_CONNECTION -> cutConnections(random);
            case BROKEN_STREAM -> breakStream(random);
            case REPEATED_EVENTS ->
                    pipeline.source().tell("repeat " + (1 + random.nextInt(MOST_REPEATED)));
            case BURST -> pace.race(BURST_FACTOR, BURST);
            case FULL_DISK -> fillDisk();
            case DAMAGED_CHECKPOINT -> damageCheckpoint(random);
            case UPGRADE -> job(random).upgrade(random);
        }
    }

    private SupervisedProcess taskManager(Random random) {
        List<SupervisedProcess> all = pipeline.taskManagers();
        return all.get(random.nextInt(all.size()));
    }

    private SupervisedJob job(Random random) {
        return random.nextBoolean() ? pipeline.archive() : pipeline.rankings();
    }

    private void cutConnections(Random random) {
        for (int cuts = 1 + random.nextInt(5); cuts > 0; cuts--) {
            Ending ending = Ending.values()[random.nextInt(Ending.values().length)];
            pipeline.source()
                    .tell(
                            random.nextBoolean()
                                    ? "cut " + ending
                                    : "half-frame %s %s".formatted(ending, random.nextDouble()));
        }
    }

    private void breakStream(Random random) {
        List<String> orders =
                List.of("garbage", "error", "silence 700", "refuse 503", "refuse 429", "cut RESET");
        for (int breaks = 2 + random.nextInt(5); breaks > 0; breaks--) {
            pipeline.source().tell(orders.get(random.nextInt(orders.size())));
        }
    }

    private void fillDisk() throws IOException, InterruptedException {
        Path ballast = disk.fill();
        try {
            TimeUnit.NANOSECONDS.sleep(DISK_FULL.toNanos());
        } finally {
            Files.delete(ballast);
        }
    }

    /**
     * Damages the newest checkpoint while the JobManager is dead. Rankings must go on from an older
     * one; the archive must refuse to, and goes on when the checkpoint is restored.
     */
    private void damageCheckpoint(Random random)
            throws IOException, InterruptedException, TimeoutException {
        checkpointLock.lockInterruptibly();
        pipeline.jobManager().hold();
        try {
            pipeline.jobManager().kill();
            SupervisedJob job = job(random);
            Optional<Path> metadata = job.newestMetadata();
            if (metadata.isEmpty()) {
                return;
            }
            byte[] intact = Files.readAllBytes(metadata.get());
            Files.write(metadata.get(), damaged(intact, random));
            pipeline.jobManager().release();
            if (job == pipeline.archive()) {
                awaitRefusal(job, metadata.get());
                Files.write(metadata.get(), intact);
            }
        } finally {
            pipeline.jobManager().release();
            checkpointLock.unlock();
        }
    }

    /** As a torn write or a lost block leave a file. */
    private static byte[] damaged(byte[] intact, Random random) {
        return random.nextBoolean()
                ? Arrays.copyOf(intact, random.nextInt(intact.length))
                : new byte[intact.length];
    }

    private static void awaitRefusal(SupervisedJob job, Path metadata)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + REFUSED_WITHIN.toNanos();
        while (job.refusal().filter(r -> r.contains(metadata.getParent().toString())).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "%s did not refuse the damaged %s".formatted(job.name(), metadata));
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
