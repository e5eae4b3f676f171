package io.github.wikiflow.dashboard.standings;

import java.time.Instant;

/**
 * One window in a line.
 *
 * @param start inclusive
 * @param end exclusive
 * @param changes all changes of the window
 * @param users the number of different users among them, bots included
 */
public record WindowSummary(
        Instant start, Instant end, long changes, long users, WindowState state) {}
