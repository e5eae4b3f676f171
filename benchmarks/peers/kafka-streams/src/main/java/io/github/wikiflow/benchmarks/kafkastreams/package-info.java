/** Kafka Streams: what one would write without a cluster. */
@NullMarked
package io.github.wikiflow.benchmarks.kafkastreams;

import org.jspecify.annotations.NullMarked;
