/**
 * The ranking of each dimension and window, merged from the buckets' reports, and its records on
 * the topic: early, on time, corrected and final, the last exactly once. Here it is known what the
 * window before looked like.
 */
@NullMarked
package io.github.wikiflow.rankings.rank;

import org.jspecify.annotations.NullMarked;
