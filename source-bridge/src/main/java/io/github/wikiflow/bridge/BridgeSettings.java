package io.github.wikiflow.bridge;

import io.github.wikiflow.bridge.kafka.CommitSettings;
import io.github.wikiflow.bridge.kafka.KafkaSettings;
import io.github.wikiflow.bridge.stream.StreamSettings;

/**
 * All that a bridge is told, checked and immutable; see {@link BridgeOptions}.
 *
 * @param since where to begin if no bridge has run before, in epoch milliseconds; {@link
 *     io.github.wikiflow.bridge.position.StreamPosition#UNKNOWN} to begin with what comes next
 * @param dryRun events are printed and Kafka is not used
 */
public record BridgeSettings(
        StreamSettings stream,
        KafkaSettings kafka,
        CommitSettings commits,
        long since,
        boolean dryRun) {}
