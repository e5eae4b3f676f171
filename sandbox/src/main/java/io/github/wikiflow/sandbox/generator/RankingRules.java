package io.github.wikiflow.sandbox.generator;

import java.time.Duration;
import java.util.Set;

/**
 * By which rules the expected rankings are counted.
 *
 * @param window length of the tumbling windows, which are aligned to the epoch
 * @param outOfOrderness how far behind the newest event the watermark is
 * @param allowedLateness how long after its end, in event time, a window can be corrected
 * @param futureTolerance how far a timestamp may lie after the record time
 * @param types the types of changes that count; empty for all
 * @param top how many places a ranking has
 * @param dropsLate whether late events do not count; false for engines that wait for all input
 */
public record RankingRules(
        Duration window,
        Duration outOfOrderness,
        Duration allowedLateness,
        Duration futureTolerance,
        Set<String> types,
        int top,
        boolean dropsLate) {

    /** The product's defaults. */
    public static final RankingRules DEFAULTS =
            new RankingRules(
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(20),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(1),
                    Set.of(),
                    10,
                    true);

    public RankingRules {
        types = Set.copyOf(types);
    }

    /** As these, with other times. */
    public RankingRules withTimes(
            Duration newWindow, Duration newOutOfOrderness, Duration newAllowedLateness) {
        return new RankingRules(
                newWindow,
                newOutOfOrderness,
                newAllowedLateness,
                futureTolerance,
                types,
                top,
                dropsLate);
    }

    /** As these, counting only these types. */
    public RankingRules withTypes(Set<String> newTypes) {
        return new RankingRules(
                window, outOfOrderness, allowedLateness, futureTolerance, newTypes, top, dropsLate);
    }

    /** As these, with another number of places. */
    public RankingRules withTop(int newTop) {
        return new RankingRules(
                window, outOfOrderness, allowedLateness, futureTolerance, types, newTop, dropsLate);
    }

    /** As these, counting late events as if they had come in time. */
    public RankingRules withLateCounted() {
        return new RankingRules(
                window, outOfOrderness, allowedLateness, futureTolerance, types, top, false);
    }
}
