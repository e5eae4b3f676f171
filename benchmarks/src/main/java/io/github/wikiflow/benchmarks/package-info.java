/** The command for all measurements, and the inputs and figures that they share. */
@NullMarked
package io.github.wikiflow.benchmarks;

import org.jspecify.annotations.NullMarked;
