/**
 * The lake in place of Kafka: reads its rows, finds the order of the partitions again by their
 * offsets, and leaves out what was late when it came from Kafka. Bounded, as a batch job over a
 * range of days; or following a lake as it grows. What comes out are changes that are to be
 * counted.
 */
@NullMarked
package io.github.wikiflow.rankings.lake;

import org.jspecify.annotations.NullMarked;
