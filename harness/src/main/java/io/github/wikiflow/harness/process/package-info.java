/** Java processes that are started again when they end, and end with whoever started them. */
@NullMarked
package io.github.wikiflow.harness.process;

import org.jspecify.annotations.NullMarked;
