package io.github.wikiflow.dashboard.status;

import java.time.Instant;

/**
 * The first part of the pipeline that is unhealthy.
 *
 * @param part {@code kafka}, {@code bridge}, or a job's name in Flink
 * @param word its state in a word, for people
 * @param detail the same in a sentence
 * @param since when the dashboard first found the part unhealthy
 */
public record Trouble(String part, String word, String detail, Instant since) {}
