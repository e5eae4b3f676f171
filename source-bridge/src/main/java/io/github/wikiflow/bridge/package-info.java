/**
 * The process that carries the event stream into Kafka: its options, settings, health and metrics.
 */
@NullMarked
package io.github.wikiflow.bridge;

import org.jspecify.annotations.NullMarked;
