/** How fast the bridge carries a backlog, beside the loop that a tutorial shows. */
@NullMarked
package io.github.wikiflow.benchmarks.bridge;

import org.jspecify.annotations.NullMarked;
