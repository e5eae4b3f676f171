/** The newest ranking of each dimension and window, and the places in the one before. */
@NullMarked
package io.github.wikiflow.dashboard.standings;

import org.jspecify.annotations.NullMarked;
