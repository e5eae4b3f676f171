/** A ranking and its JSON. */
@NullMarked
package io.github.wikiflow.events.ranking;

import org.jspecify.annotations.NullMarked;
