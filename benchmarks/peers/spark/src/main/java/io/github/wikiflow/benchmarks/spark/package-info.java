/**
 * Spark Structured Streaming with the logic of the tutorial that this project replaces, set up as
 * Spark's guides advise for a machine of two cores.
 */
@NullMarked
package io.github.wikiflow.benchmarks.spark;

import org.jspecify.annotations.NullMarked;
