/** Parquet's own writer in a loop by hand: what writing a lake costs without any promise. */
@NullMarked
package io.github.wikiflow.benchmarks.parquetjava;

import org.jspecify.annotations.NullMarked;
