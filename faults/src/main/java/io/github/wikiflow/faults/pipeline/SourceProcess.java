package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.GeneratedLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simulated stream with a clock and faults that whoever started it sets. Arguments: port, load,
 * seed of the log, its start and the time until which it is published, both in epoch milliseconds,
 * and how its offsets count. Each line of input is an order: {@code time MILLIS}, {@code count} and
 * how offsets count, or a number and a fault; it writes {@code done} and the number when that has
 * happened. It ends with its input.
 */
public final class SourceProcess {

    private final OrderedFaults faults = new OrderedFaults();
    private final CountedAnew count = new CountedAnew();
    private final AtomicLong now;

    private SourceProcess(long now, String count) {
        this.now = new AtomicLong(now);
        this.count.set(count);
    }

    static JavaCommand command(
            int port, Load load, long seed, Instant start, long published, CountedAnew count) {
        return JavaCommand.of(
                        SourceProcess.class,
                        List.of(),
                        List.of(
                                Integer.toString(port),
                                load.name(),
                                Long.toString(seed),
                                Long.toString(start.toEpochMilli()),
                                Long.toString(published),
                                count.toWord()))
                .readingInput();
    }

    /** What it writes when an order has been carried out. */
    static String done(int number) {
        return "done " + number;
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Workload workload =
                Load.valueOf(arguments[1])
                        .workload(
                                Long.parseLong(arguments[2]),
                                Instant.ofEpochMilli(Long.parseLong(arguments[3])));
        new SourceProcess(Long.parseLong(arguments[4]), arguments[5]).serve(port, workload);
        System.exit(0);
    }

    private void serve(int port, Workload workload) throws IOException {
        GeneratedLog log =
                new GeneratedLog(
                        new EventLog(workload, count), () -> Instant.ofEpochMilli(now.get()));
        SimulatedStreamSettings settings =
                SimulatedStreamSettings.builder(log)
                        .port(port)
                        .start(Start.BEGINNING)
                        .faults(faults)
                        .build();
        try (SimulatedEventStreams server = SimulatedEventStreams.start(settings);
                BufferedReader orders =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("serving " + server.uri());
            String order;
            while ((order = orders.readLine()) != null) {
                obey(order);
            }
        }
    }

    private void obey(String order) {
        String[] words = order.split(" ");
        if (words[0].equals("time")) {
            now.set(Long.parseLong(words[1]));
            return;
        }
        if (words[0].equals("count")) {
            count.set(words[1]);
            return;
        }
        int number = Integer.parseInt(words[0]);
        if (words[1].equals("refuse")) {
            faults.order(
                    number, new ErrorAnswer(Integer.parseInt(words[2]), "refused by the attack"));
        } else {
            faults.order(number, fault(words));
        }
    }

    private static Fault fault(String[] words) {
        return switch (words[1]) {
            case "cut" -> new Fault.Cut(Ending.valueOf(words[2]));
            case "half-frame" ->
                    new Fault.HalfFrame(Double.parseDouble(words[3]), Ending.valueOf(words[2]));
            case "repeat" -> new Fault.Repeat(Integer.parseInt(words[2]));
            case "silence" -> new Fault.Silence(Duration.ofMillis(Long.parseLong(words[2])));
            case "garbage" -> Fault.Garbage.LINES;
            case "error" -> Fault.ErrorFrame.BROKER_AWAY;
            default -> throw new IllegalArgumentException("no such order: " + words[1]);
        };
    }
}
