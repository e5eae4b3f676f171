package io.github.wikiflow.dashboard.status;

import org.jspecify.annotations.Nullable;

/**
 * What Kafka holds aside.
 *
 * @param word its state in a word, for people
 * @param detail the same in a sentence
 * @param late changes that came too late for their window; null while unknown
 * @param deadLetters records that could not be used; null while unknown
 */
public record KafkaStatus(
        Health health,
        String word,
        String detail,
        @Nullable Long late,
        @Nullable Long deadLetters) {}
