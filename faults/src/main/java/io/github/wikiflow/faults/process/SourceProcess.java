package io.github.wikiflow.faults.process;

import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.GeneratedLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The simulated stream with a clock and faults that whoever started it sets. Arguments: port, load,
 * seed of the log, its start and the time until which it is published, both in epoch milliseconds.
 * Each line of input is an order: {@code time MILLIS}, or a fault. It ends with its input.
 */
public final class SourceProcess {

    private final OrderedFaults faults = new OrderedFaults();
    private final AtomicLong now;

    private SourceProcess(long now) {
        this.now = new AtomicLong(now);
    }

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        Workload workload =
                Load.valueOf(arguments[1])
                        .workload(
                                Long.parseLong(arguments[2]),
                                Instant.ofEpochMilli(Long.parseLong(arguments[3])));
        new SourceProcess(Long.parseLong(arguments[4])).serve(port, workload);
        System.exit(0);
    }

    private void serve(int port, Workload workload) throws IOException {
        GeneratedLog log =
                new GeneratedLog(new EventLog(workload), () -> Instant.ofEpochMilli(now.get()));
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
        switch (words[0]) {
            case "time" -> now.set(Long.parseLong(words[1]));
            case "cut" -> faults.order(new Fault.Cut(Ending.valueOf(words[1])));
            case "half-frame" ->
                    faults.order(
                            new Fault.HalfFrame(
                                    Double.parseDouble(words[2]), Ending.valueOf(words[1])));
            case "repeat" -> faults.order(new Fault.Repeat(Integer.parseInt(words[1])));
            case "silence" ->
                    faults.order(new Fault.Silence(Duration.ofMillis(Long.parseLong(words[1]))));
            case "garbage" -> faults.order(Fault.Garbage.LINES);
            case "error" -> faults.order(Fault.ErrorFrame.BROKER_AWAY);
            case "refuse" ->
                    faults.order(new Refusal(Integer.parseInt(words[1]), "refused by the attack"));
            default -> throw new IllegalArgumentException("no such order: " + order);
        }
    }
}
