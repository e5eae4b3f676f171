package io.github.wikiflow.faults;

import io.github.wikiflow.faults.check.ArchiveCheck;
import io.github.wikiflow.faults.check.CarriedChanges;
import io.github.wikiflow.faults.check.Differences;
import io.github.wikiflow.faults.check.RankingsCheck;
import io.github.wikiflow.faults.pipeline.CountedAnew;
import io.github.wikiflow.faults.pipeline.Load;
import io.github.wikiflow.faults.pipeline.Pace;
import io.github.wikiflow.faults.pipeline.WholePipeline;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.sandbox.generator.EventLog;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Attacks a running pipeline with random faults, lets the dust settle, and compares all that it has
 * written with what it should have written. All of it happens in a folder with a name that people
 * have but programs often do not expect.
 */
public final class Attack {

    /** As many faults as there are kinds. */
    static final int ONE_OF_EACH = 0;

    /** The stream's clock runs so many times faster than ours: 200 events a second. */
    private static final double SPEED = 40;

    /** So long before now the log begins, so that it never comes to our time. */
    private static final Duration AGE = Duration.ofDays(10);

    private static final Duration START_WITHIN = Duration.ofMinutes(10);
    private static final Duration RECOVERY_WITHIN = Duration.ofMinutes(5);

    /** Quiet time between two rounds of faults. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** A fault that could not be injected is tried so often, with a pause between. */
    private static final int ATTEMPTS = 8;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(3);

    private static final String NAME = "a \u00fc %41+b";
    private static final String NAME_IN_ASCII = "a %41+b";

    private final long seed;
    private final Set<FaultKind> kinds;
    private final int count;
    private final PrintWriter out;
    private final FaultLog faultLog = new FaultLog();
    private final Differences differences = new Differences();

    /**
     * What came of an attack.
     *
     * @param right whether nothing was lost and nothing was there twice
     * @param done how many faults have happened
     * @param notDone the faults that could not be injected, a line for each
     */
    record Result(boolean right, int done, List<String> notDone) {}

    /**
     * @param seed of the events and the faults
     * @param kinds of faults that may be injected, as far as this machine allows them
     * @param count of faults, or {@link #ONE_OF_EACH}
     * @param out told what happens
     */
    Attack(long seed, Set<FaultKind> kinds, int count, PrintWriter out) {
        this.seed = seed;
        this.kinds = Set.copyOf(kinds);
        this.count = count;
        this.out = out;
    }

    /**
     * Runs the attack.
     *
     * @param data empty; left with all data and logs
     * @throws TimeoutException if the pipeline does not recover from a fault by itself
     */
    Result run(Path data) throws Exception {
        Path folder = data.resolve(folderName());
        Instant start = Instant.now().minus(AGE).truncatedTo(ChronoUnit.HOURS);
        CountedAnew offsets = new CountedAnew();
        EventLog log = new EventLog(Load.ATTACK.workload(seed, start), offsets);
        try (LakeDisk disk = LakeDisk.mount(folder.resolve("lake"));
                Pace pace = new Pace(start, SPEED);
                WholePipeline pipeline =
                        WholePipeline.start(folder, Load.ATTACK, seed, start, pace::now, offsets);
                CarriedChanges carried =
                        new CarriedChanges(log, pipeline.deployment().kafkaClient(), differences);
                PipelineProgress progress = new PipelineProgress(pipeline, carried)) {
            Injector injector = new Injector(pipeline, pace, offsets, disk);
            AttackPlan plan = plan(injector);
            say("seed %d, %d faults, data and logs in %s", seed, plan.count(), folder);
            pace.start(pipeline.source());
            progress.awaitPassed(1, START_WITHIN);
            attack(plan, injector, progress, pace, log);
            pace.stop();
            long published = log.indexAt(Instant.ofEpochMilli(pace.now() + 1));
            progress.awaitPassed(published, RECOVERY_WITHIN);
            for (SupervisedJob job : pipeline.jobs()) {
                job.finish(RECOVERY_WITHIN);
            }
            compare(pipeline, carried, published);
        }
        return new Result(differences.count() == 0, faultLog.done(), faultLog.notDone());
    }

    /** A name with what breaks where paths become text; as far as this JVM can name files so. */
    private static String folderName() {
        Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
        return names.newEncoder().canEncode(NAME) ? NAME : NAME_IN_ASCII;
    }

    private AttackPlan plan(Injector injector) {
        Set<FaultKind> possible = new TreeSet<>(kinds);
        injector.impossible()
                .forEach(
                        (kind, reason) -> {
                            if (possible.remove(kind)) {
                                say("left out: %s, since %s", kind.label(), reason);
                            }
                        });
        return new AttackPlan(seed, possible, count == ONE_OF_EACH ? possible.size() : count);
    }

    private void attack(
            AttackPlan plan, Injector injector, PipelineProgress progress, Pace pace, EventLog log)
            throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (List<PlannedFault> round : plan.rounds()) {
                List<Future<String>> recoveries = new ArrayList<>();
                for (PlannedFault fault : round) {
                    recoveries.add(threads.submit(recovery(fault, injector, progress, pace, log)));
                }
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < round.size(); i++) {
                    texts.add(get(recoveries.get(i), round.get(i)));
                }
                say(
                        "%4d/%d  %s",
                        round.get(round.size() - 1).number(),
                        plan.count(),
                        String.join(", ", texts));
                if (differences.count() > 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(REST.toNanos());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Injects a fault and waits until all that was published by then has passed; notes the time
     * that this took. Returns what to say of it.
     */
    private Callable<String> recovery(
            PlannedFault fault,
            Injector injector,
            PipelineProgress progress,
            Pace pace,
            EventLog log) {
        return () -> {
            TimeUnit.NANOSECONDS.sleep(fault.delay().toNanos());
            String label = fault.kind().label();
            for (int attempt = 1; ; attempt++) {
                long begun = System.nanoTime();
                Injection injection = injector.inject(fault);
                if (injection instanceof Injection.Done done) {
                    long published = log.indexAt(Instant.ofEpochMilli(pace.now() + 1));
                    progress.awaitPassed(published, RECOVERY_WITHIN);
                    Duration time = Duration.ofNanos(System.nanoTime() - begun);
                    faultLog.add(fault, done, time);
                    return "%s %.1f s".formatted(label, time.toMillis() / 1e3);
                }
                if (attempt == ATTEMPTS && injection instanceof Injection.NotDone last) {
                    faultLog.add(fault, last);
                    return "%s NOT DONE (%s)".formatted(label, last.reason());
                }
                TimeUnit.NANOSECONDS.sleep(BETWEEN_ATTEMPTS.toNanos());
            }
        };
    }

    private static String get(Future<String> recovery, PlannedFault fault)
            throws InterruptedException, TimeoutException {
        try {
            return recovery.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            TimeoutException failure =
                    new TimeoutException(
                            "no recovery from fault %d, %s: %s"
                                    .formatted(
                                            fault.number(),
                                            fault.kind().label(),
                                            cause.getMessage()));
            failure.initCause(cause);
            throw failure;
        }
    }

    private void compare(WholePipeline pipeline, CarriedChanges carried, long published)
            throws Exception {
        ArchiveCheck archive = new ArchiveCheck(carried, differences);
        RankingsCheck rankings = new RankingsCheck(carried, differences);
        Properties kafka = pipeline.deployment().kafkaClient();
        say("%,d events published, %,d of them changes", published, carried.count());
        say("%,d rows in the lake", archive.lake(pipeline.deployment().lake()));
        say("%,d dead letters", archive.deadLetters(kafka, published));
        say("%,d late changes written again, as at-least-once allows", rankings.late(kafka));
        say("%,d rankings", rankings.topic(kafka));
        rankings.dashboard(pipeline.deployment().dashboardUri());
        faultLog.print(out);
        for (String difference : differences.first()) {
            say("DIFFERENT %s", difference);
        }
        say(
                "%s",
                differences.count() == 0
                        ? "Nothing lost, nothing twice, after %d faults.".formatted(faultLog.done())
                        : "%d differences with seed %d.".formatted(differences.count(), seed));
    }

    private void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }
}
