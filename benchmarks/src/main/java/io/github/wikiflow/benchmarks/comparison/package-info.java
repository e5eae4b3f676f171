/**
 * The comparison: one topic, many contenders, one table. Begin with {@link
 * io.github.wikiflow.benchmarks.comparison.Contender}, the list of who runs, and {@link
 * io.github.wikiflow.benchmarks.comparison.Comparison}, which runs them.
 */
@NullMarked
package io.github.wikiflow.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
