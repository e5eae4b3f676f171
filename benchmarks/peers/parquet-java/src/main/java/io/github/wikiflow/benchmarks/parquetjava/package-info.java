/** Parquet's own writer in a loop by hand: what writing a lake costs without any promise. */
package io.github.wikiflow.benchmarks.parquetjava;
