package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How many changes each user made in each window, in time and late: the expected answer in both of
 * its forms, for engines that drop late changes and for those that count them. Not thread-safe.
 */
final class UserCounts {

    private static final long WINDOW_SECONDS = 600;

    private final Map<Long, Map<String, Count>> windows = new TreeMap<>();

    /** Takes a change, taking it to be in time. */
    void add(LandedEvent landed) {
        if (landed.event().change().user() != null) {
            count(landed).all++;
        }
    }

    /** Takes back that a change was in time. */
    void markLate(LandedEvent landed) {
        if (landed.event().change().user() != null) {
            count(landed).late++;
        }
    }

    /** Compares an answer with both forms. */
    Verdict check(List<Ranked> answer) {
        Map<Long, List<Ranked>> answered = new TreeMap<>();
        for (Ranked ranked : answer) {
            answered.computeIfAbsent(ranked.windowStart(), start -> new ArrayList<>()).add(ranked);
        }
        int wrong = 0;
        boolean noneLate = true;
        boolean allLate = true;
        for (Map.Entry<Long, Map<String, Count>> window : windows.entrySet()) {
            List<Ranked> found = answered.getOrDefault(window.getKey(), List.of());
            boolean equalsInTime = found.equals(first(window, count -> count.all - count.late));
            boolean equalsAll = found.equals(first(window, count -> count.all));
            noneLate &= equalsInTime;
            allLate &= equalsAll;
            if (!equalsInTime && !equalsAll && !isBetween(window, found)) {
                wrong++;
            }
        }
        if (wrong > 0 || !windows.keySet().containsAll(answered.keySet())) {
            return Verdict.wrong("%d of %d windows".formatted(wrong, windows.size()));
        }
        if (noneLate) {
            return Verdict.right("without late changes");
        }
        return Verdict.right(allLate ? "with late changes" : "with some late changes");
    }

    /** Whether the first ten could be so if some of the late changes were counted. */
    private static boolean isBetween(
            Map.Entry<Long, Map<String, Count>> window, List<Ranked> found) {
        if (!found.equals(Ranked.first(found))) {
            return false;
        }
        Map<String, Long> counts = new HashMap<>();
        for (Ranked ranked : found) {
            Count count = window.getValue().get(ranked.user());
            if (count == null
                    || ranked.count() > count.all
                    || ranked.count() < count.all - count.late) {
                return false;
            }
            counts.put(ranked.user(), ranked.count());
        }
        long least = found.size() < Ranked.PLACES ? 0 : found.get(Ranked.PLACES - 1).count();
        return window.getValue().entrySet().stream()
                .noneMatch(
                        each ->
                                each.getValue().all - each.getValue().late > least
                                        && !counts.containsKey(each.getKey()));
    }

    private static List<Ranked> first(
            Map.Entry<Long, Map<String, Count>> window, ToLongFunction<Count> by) {
        List<Ranked> counts = new ArrayList<>();
        window.getValue()
                .forEach(
                        (user, count) -> {
                            if (by.applyAsLong(count) > 0) {
                                counts.add(
                                        new Ranked(window.getKey(), user, by.applyAsLong(count)));
                            }
                        });
        return Ranked.first(counts);
    }

    private Count count(LandedEvent landed) {
        long timestamp = landed.event().change().timestamp();
        return windows.computeIfAbsent(
                        timestamp - Math.floorMod(timestamp, WINDOW_SECONDS),
                        start -> new HashMap<>())
                .computeIfAbsent(landed.event().change().user(), user -> new Count());
    }

    /** Changes of a user in a window. */
    private static final class Count {
        private int all;
        private int late;
    }
}
