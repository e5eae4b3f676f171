/**
 * The topics and their settings, how a process reaches Kafka, and the rights that it needs there.
 */
@NullMarked
package io.github.wikiflow.events.kafka;

import org.jspecify.annotations.NullMarked;
