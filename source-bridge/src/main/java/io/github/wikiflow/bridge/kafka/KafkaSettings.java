package io.github.wikiflow.bridge.kafka;

import java.util.Properties;

/**
 * Where the bridge writes.
 *
 * @param clientProperties what all Kafka clients share, the bootstrap servers among it; not to be
 *     changed
 * @param bridgeId the transactional id: of two bridges with the same one the newer fences the older
 * @param stream key of the cursor
 * @param createTopics whether missing topics are created; else they are an error
 */
public record KafkaSettings(
        Properties clientProperties,
        String bridgeId,
        String stream,
        String changesTopic,
        String cursorTopic,
        String deadLettersTopic,
        boolean createTopics) {}
