/** Windows that hold very many different items, with each state backend. */
@NullMarked
package io.github.wikiflow.benchmarks.window;

import org.jspecify.annotations.NullMarked;
