/** Kafka Streams: what one would write without a cluster. */
package io.github.wikiflow.benchmarks.kafkastreams;
