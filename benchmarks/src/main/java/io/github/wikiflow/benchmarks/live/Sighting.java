package io.github.wikiflow.benchmarks.live;

/**
 * A ranking of users, or what the dashboard says of its window, at the moment in which somebody got
 * it.
 *
 * @param windowStart in epoch milliseconds
 * @param changes how many changes of the window it counts
 * @param epochMillis when it was there
 */
record Sighting(long windowStart, long changes, long epochMillis) {}
