package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.ListenAddressConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.generator.WorkloadPreset;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.FaultPlan;
import io.github.wikiflow.sandbox.stream.fault.RandomFaults;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulated stream as a process; runs until it is told to end. */
@Command(
        name = "wikiflow sandbox",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serves generated or recorded events in the way of Wikimedia's EventStreams.",
            "Every option can also be set by its variable, such as WIKIFLOW_SEED for --seed."
        })
public final class SimulatedStreamCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--http-address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8083",
            converter = ListenAddressConverter.class,
            description = "Where the stream is served (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress httpAddress;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "45",
            description = "Generated events a second (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Chooses one of many logs, and the random faults (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description =
                    "When the log begins. With the same seed, rate and start a later run goes on with"
                            + " the same log (default: 2026-01-01T00:00:00Z for generated events; for a"
                            + " replay now, or the same instant if it has no pace).")
    private @Nullable Instant start;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "realistic",
            description =
                    "clean: only normal events; realistic: with the few odd ones of the real stream;"
                            + " hostile: with all that can go wrong, often (default: ${DEFAULT-VALUE}).")
    private WorkloadPreset preset;

    @Option(
            names = "--share",
            paramLabel = "KIND=SHARE",
            description =
                    "Share of a kind of events in all, such as late=0.01; may be repeated. Kinds:"
                            + " ${COMPLETION-CANDIDATES} (default: as the preset has it).")
    private Map<EventKind, Double> shares = new EnumMap<>(EventKind.class);

    @Option(
            names = "--switch-at",
            paramLabel = "INSTANT",
            description =
                    "When codfw becomes the active data centre instead of eqiad for generated events,"
                            + " to the next thousand events (default: never).")
    private @Nullable Instant switchAt;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Serve these recorded events, one a line, instead of generated ones.")
    private @Nullable Path replay;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            converter = ReplaySpeedConverter.class,
            description =
                    "How many times faster than recorded a replay is; max for all at once"
                            + " (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--begin",
            paramLabel = "PLACE",
            description =
                    "Where a client begins that names no position: latest, or beginning"
                            + " (default: beginning for a replay, else latest).")
    private @Nullable Start begin;

    @Option(
            names = "--history",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How far back a client may go (default: no limit).")
    private @Nullable Duration history;

    @Option(
            names = "--cut-after",
            paramLabel = "DURATION",
            defaultValue = "15min",
            converter = DurationConverter.class,
            description = "Age at which a connection is cut (default: ${DEFAULT-VALUE}).")
    private Duration cutAfter;

    @Option(
            names = "--connections-per-address",
            paramLabel = "N",
            defaultValue = "2",
            description = "More than so many are answered 429 (default: ${DEFAULT-VALUE}).")
    private int connectionsPerAddress;

    @Option(
            names = "--fault-every",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Break connections at random, every so many events on average; 0 for never"
                            + " (default: ${DEFAULT-VALUE}).")
    private int faultEvery;

    @Option(
            names = "--report-every",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "Time between two lines about the traffic (default: ${DEFAULT-VALUE}).")
    private Duration reportEvery;

    private final InstantSource clock;
    private final CountDownLatch stop;

    SimulatedStreamCommand(InstantSource clock, CountDownLatch stop) {
        this.clock = clock;
        this.stop = stop;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... arguments) {
        CountDownLatch stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        System.exit(
                CommandRunner.run(
                        new SimulatedStreamCommand(new SteadyClock(InstantSource.system()), stop),
                        arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (replay == null) {
            serve(generated(), begin == null ? Start.LATEST : begin);
        } else {
            try (ReplayLog log = recorded(replay)) {
                serve(log, begin == null ? Start.BEGINNING : begin);
            }
        }
        return 0;
    }

    private void serve(PublishedLog log, Start where) throws InterruptedException {
        require(
                connectionsPerAddress > 0,
                "--connections-per-address",
                connectionsPerAddress,
                "1 or more");
        require(!cutAfter.isZero(), "--cut-after", cutAfter, "more than no time");
        require(faultEvery >= 0, "--fault-every", faultEvery, "0 or more");
        require(!reportEvery.isZero(), "--report-every", reportEvery, "more than no time");
        SimulatedStreamSettings settings =
                SimulatedStreamSettings.builder(log)
                        .address(httpAddress)
                        .start(where)
                        .history(history == null ? SimulatedStreamSettings.UNLIMITED : history)
                        .cutAfter(cutAfter)
                        .connectionsPerAddress(connectionsPerAddress)
                        .faults(
                                faultEvery == 0
                                        ? FaultPlan.NONE
                                        : new RandomFaults(seed, faultEvery))
                        .clock(clock)
                        .build();
        PrintWriter out = spec.commandLine().getOut();
        try (SimulatedEventStreams server = SimulatedEventStreams.start(settings)) {
            out.println("simulated stream at " + server.uri());
            out.flush();
            while (!stop.await(reportEvery.toMillis(), TimeUnit.MILLISECONDS)) {
                out.println(report(server.traffic()));
                out.flush();
            }
        }
    }

    private PublishedLog generated() {
        require(rate > 0 && rate <= 1_000_000, "--rate", rate, "more than 0 and at most 1000000");
        Workload.Builder workload =
                preset.workload().toBuilder().seed(seed).eventsPerSecond(rate).switchAt(switchAt);
        if (start != null) {
            workload.start(start);
        }
        shares.forEach(workload::share);
        try {
            return new GeneratedLog(new EventLog(workload.build()), clock);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--share: " + e.getMessage());
        }
    }

    private ReplayLog recorded(Path replay) {
        Instant first = start;
        if (first == null) {
            first = speed == ReplayLog.AT_ONCE ? Workload.clean().start() : clock.instant();
        }
        return ReplayLog.open(replay, first, speed, clock);
    }

    private static String report(StreamTraffic traffic) {
        long open = traffic.exchanges().stream().filter(Exchange::isOpen).count();
        return "%,d requests, %,d served, %d open, %,d events sent"
                .formatted(traffic.requests(), traffic.connections(), open, traffic.eventsSent());
    }

    private static void require(boolean holds, String option, Object value, String range) {
        if (!holds) {
            throw new UsageException("%s: cannot be %s; give %s".formatted(option, value, range));
        }
    }
}
