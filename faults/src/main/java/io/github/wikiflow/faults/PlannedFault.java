package io.github.wikiflow.faults;

import java.time.Duration;

/**
 * A fault of an attack's plan.
 *
 * @param number from 1
 * @param delay after the beginning of its round
 * @param seed of what else is random about it
 */
record PlannedFault(int number, FaultKind kind, Duration delay, long seed) {}
