package io.github.wikiflow.archive;

import io.github.wikiflow.jobs.RawChange;

/**
 * A record that cannot be archived.
 *
 * @param reason one line for a human
 */
public record DeadLetter(RawChange record, String reason) {}
