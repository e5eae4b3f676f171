package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a contender did in one run.
 *
 * @param settings by which its engine differs from its defaults
 * @param measurement null if it failed
 * @param lake null if it wrote none
 * @param verdict null if there is nothing to check
 */
record Result(
        Contender contender,
        String settings,
        @Nullable Measurement measurement,
        @Nullable LakeSize lake,
        @Nullable Verdict verdict) {

    private static final Comparator<Result> BY_SECONDS =
            Comparator.comparingDouble(
                    result ->
                            result.measurement == null
                                    ? Double.POSITIVE_INFINITY
                                    : result.measurement.seconds());

    /**
     * The result in the middle by seconds; of an even number the faster one of the two. A round
     * that failed counts as the slowest.
     *
     * @param rounds of one contender, at least one
     */
    static Result median(List<Result> rounds) {
        return rounds.stream().sorted(BY_SECONDS).toList().get((rounds.size() - 1) / 2);
    }
}
