package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Measurement;

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
        Measurement measurement,
        LakeSize lake,
        Verdict verdict) {}
