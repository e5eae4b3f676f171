/** Kafka brokers inside the process, open or secured. */
@NullMarked
package io.github.wikiflow.sandbox.kafka;

import org.jspecify.annotations.NullMarked;
