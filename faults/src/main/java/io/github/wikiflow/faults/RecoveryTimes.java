package io.github.wikiflow.faults;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long the pipeline took to recover from each kind of fault. Thread-safe. */
final class RecoveryTimes {

    private final Map<FaultKind, List<Duration>> times = new EnumMap<>(FaultKind.class);

    synchronized void add(FaultKind kind, Duration time) {
        times.computeIfAbsent(kind, k -> new ArrayList<>()).add(time);
    }

    /** A line for each kind. */
    synchronized void print(PrintWriter out) {
        out.printf("%-20s %6s %10s %10s%n", "fault", "count", "median", "max");
        times.forEach(
                (kind, durations) -> {
                    Collections.sort(durations);
                    out.printf(
                            "%-20s %6d %8.1f s %8.1f s%n",
                            kind.label(),
                            durations.size(),
                            seconds(durations.get(durations.size() / 2)),
                            seconds(durations.get(durations.size() - 1)));
                });
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
