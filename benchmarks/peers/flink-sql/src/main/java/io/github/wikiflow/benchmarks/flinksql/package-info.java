/** Flink SQL: what one would write on Flink without Java. */
package io.github.wikiflow.benchmarks.flinksql;
