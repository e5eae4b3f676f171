/**
 * Counts of items per dimension, bucket and window: first within each subtask, before the exchange,
 * then in the windows of Flink's window operator. An item lives in exactly one bucket, so buckets
 * can be counted in parallel and their first places merged without error. A table of counts is a
 * few arrays, since a window can have a million items.
 */
@NullMarked
package io.github.wikiflow.rankings.count;

import org.jspecify.annotations.NullMarked;
