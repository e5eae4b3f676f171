/**
 * What the process of a benchmarked engine and the benchmark that started it tell each other. It
 * needs nothing but the JDK, so that it fits beside any engine's own libraries.
 */
@NullMarked
package io.github.wikiflow.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
