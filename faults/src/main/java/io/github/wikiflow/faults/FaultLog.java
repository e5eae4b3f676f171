package io.github.wikiflow.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which faults have happened, with the time that the pipeline took to recover from each, and which
 * could not be injected. Thread-safe.
 */
final class FaultLog {

    private final Map<FaultKind, List<Duration>> times = new EnumMap<>(FaultKind.class);
    private final List<String> notDone = new ArrayList<>();

    /**
     * Counts a fault.
     *
     * @param done that it has happened
     * @param time until all that was published by its end had passed
     */
    synchronized void add(PlannedFault fault, Injection.Done done, Duration time) {
        times.computeIfAbsent(fault.kind(), kind -> new ArrayList<>()).add(time);
    }

    /** Notes a fault that was tried for the last time. */
    synchronized void add(PlannedFault fault, Injection.NotDone last) {
        notDone.add("%d, %s: %s".formatted(fault.number(), fault.kind().label(), last.reason()));
    }

    /** How many have happened. */
    synchronized int done() {
        return times.values().stream().mapToInt(List::size).sum();
    }

    /** A line for each that could not be injected. */
    synchronized List<String> notDone() {
        return List.copyOf(notDone);
    }

    /** A line for each kind that has happened. */
    synchronized void print(PrintWriter out) {
        out.printf("%-20s %6s %10s %10s%n", "fault", "done", "median", "max");
        times.forEach(
                (kind, durations) -> {
                    List<Duration> sorted = durations.stream().sorted().toList();
                    out.printf(
                            "%-20s %6d %8.1f s %8.1f s%n",
                            kind.label(),
                            sorted.size(),
                            seconds(sorted.get(sorted.size() / 2)),
                            seconds(sorted.get(sorted.size() - 1)));
                });
        notDone.forEach(line -> out.println("NOT DONE " + line));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
