/**
 * The rules of event time: which window a moment belongs to, and when a window is complete and when
 * it is closed for good. They are written once, so that Kafka, the lake, the counting and the
 * ranking cannot disagree. No Flink, no clock.
 */
@NullMarked
package io.github.wikiflow.rankings.time;

import org.jspecify.annotations.NullMarked;
