package io.github.wikiflow.faults;

import io.github.wikiflow.faults.check.ArchiveCheck;
import io.github.wikiflow.faults.check.CarriedChanges;
import io.github.wikiflow.faults.check.Differences;
import io.github.wikiflow.faults.check.RankingsCheck;
import io.github.wikiflow.faults.pipeline.Deployment;
import io.github.wikiflow.faults.pipeline.Pace;
import io.github.wikiflow.faults.process.Load;
import io.github.wikiflow.sandbox.generator.EventLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Attacks a running pipeline with random faults, lets the dust settle, and compares all that it has
 * written with what it should have written.
 */
public final class Attack {

    /** The stream's clock runs so many times faster than ours: 200 events a second. */
    private static final double SPEED = 40;

    /** So long before now the log begins, so that it never comes to our time. */
    private static final Duration AGE = Duration.ofDays(10);

    private static final Duration START_WITHIN = Duration.ofMinutes(10);
    private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(5);

    /** Quiet time between two rounds of faults. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final long seed;
    private final int count;
    private final Path home;
    private final PrintWriter out;
    private final RecoveryTimes recoveryTimes = new RecoveryTimes();
    private final Differences differences = new Differences();

    /**
     * @param seed of the events and the faults
     * @param count of faults
     * @param home the folder of wikiflow, in which it has been built
     * @param out told what happens
     */
    public Attack(long seed, int count, Path home, PrintWriter out) {
        this.seed = seed;
        this.count = count;
        this.home = home;
        this.out = out;
    }

    /**
     * Runs the attack.
     *
     * @param folder empty; left with all data and logs
     * @return whether everything is as it should be
     * @throws TimeoutException if the pipeline does not recover from a fault by itself
     */
    public boolean run(Path folder) throws Exception {
        Instant start = Instant.now().minus(AGE).truncatedTo(ChronoUnit.HOURS);
        say("seed %d, %d faults, data and logs in %s", seed, count, folder);
        EventLog log = new EventLog(Load.ATTACK.workload(seed, start));
        try (LakeDisk disk = LakeDisk.mount(Deployment.lake(folder));
                Pace pace = new Pace(start, SPEED);
                Deployment pipeline =
                        Deployment.start(folder, home, Load.ATTACK, seed, start, pace::now);
                CarriedChanges carried =
                        new CarriedChanges(log, pipeline.kafkaClient(), differences);
                Progress progress = new Progress(pipeline, carried)) {
            pace.start(pipeline.source());
            progress.awaitPassed(1, START_WITHIN);
            Injector injector = new Injector(pipeline, pace, disk);
            if (disk == null) {
                say(
                        "not root: the disk of the lake cannot be filled up, so that fault is left out");
            }
            attack(new AttackPlan(seed, injector.kinds(), count), injector, progress, pace, log);
            pace.stop();
            long published = log.indexAt(Instant.ofEpochMilli(pace.now() + 1));
            progress.awaitPassed(published, RECOVERY_WITHIN);
            pipeline.archive().finish(RECOVERY_WITHIN);
            pipeline.rankings().finish(RECOVERY_WITHIN);
            compare(pipeline, carried, Deployment.lake(folder), published);
        }
        return differences.count() == 0;
    }

    private void attack(
            AttackPlan plan, Injector injector, Progress progress, Pace pace, EventLog log)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (List<PlannedFault> round : plan.rounds()) {
                List<Future<Duration>> recoveries = new ArrayList<>();
                for (PlannedFault fault : round) {
                    recoveries.add(threads.submit(recovery(fault, injector, progress, pace, log)));
                }
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < round.size(); i++) {
                    PlannedFault fault = round.get(i);
                    Duration time = get(recoveries.get(i), fault);
                    recoveryTimes.add(fault.kind(), time);
                    texts.add("%s %.1f s".formatted(fault.kind().label(), time.toMillis() / 1e3));
                }
                say(
                        "%4d/%d  %s",
                        round.get(round.size() - 1).number(), count, String.join(", ", texts));
                if (differences.count() > 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(REST.toNanos());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Injects a fault; the time from then until all that was published by then has passed. */
    private static Callable<Duration> recovery(
            PlannedFault fault, Injector injector, Progress progress, Pace pace, EventLog log) {
        return () -> {
            TimeUnit.NANOSECONDS.sleep(fault.delay().toNanos());
            long begun = System.nanoTime();
            injector.inject(fault);
            long published = log.indexAt(Instant.ofEpochMilli(pace.now() + 1));
            progress.awaitPassed(published, RECOVERY_WITHIN);
            return Duration.ofNanos(System.nanoTime() - begun);
        };
    }

    private static Duration get(Future<Duration> recovery, PlannedFault fault)
            throws InterruptedException, TimeoutException {
        try {
            return recovery.get();
        } catch (ExecutionException e) {
            TimeoutException failure =
                    new TimeoutException(
                            "no recovery from fault %d, %s: %s"
                                    .formatted(
                                            fault.number(),
                                            fault.kind().label(),
                                            e.getCause().getMessage()));
            failure.initCause(e.getCause());
            throw failure;
        }
    }

    private void compare(Deployment pipeline, CarriedChanges carried, Path lake, long published)
            throws Exception {
        ArchiveCheck archive = new ArchiveCheck(carried, differences);
        RankingsCheck rankings = new RankingsCheck(carried, differences);
        say("%,d events published, %,d of them changes", published, carried.count());
        say("%,d rows in the lake", archive.lake(lake));
        say("%,d dead letters", archive.deadLetters(pipeline.kafkaClient(), published));
        say(
                "%,d late changes written again, as at-least-once allows",
                rankings.late(pipeline.kafkaClient()));
        say("%,d rankings", rankings.topic(pipeline.kafkaClient()));
        rankings.dashboard(pipeline.dashboardUri());
        recoveryTimes.print(out);
        for (String difference : differences.first()) {
            say("DIFFERENT %s", difference);
        }
        say(
                differences.count() == 0
                        ? "Nothing lost, nothing twice."
                        : "%d differences with seed %d.".formatted(differences.count(), seed));
    }

    private void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }
}
