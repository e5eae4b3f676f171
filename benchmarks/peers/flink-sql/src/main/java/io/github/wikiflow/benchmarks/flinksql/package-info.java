/** Flink SQL: what one would write on Flink without Java. */
@NullMarked
package io.github.wikiflow.benchmarks.flinksql;

import org.jspecify.annotations.NullMarked;
