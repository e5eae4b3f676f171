package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.rankings.time.EventTime;
import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * What is ranked, and how; valid in itself and as a whole, see {@link RankingsOptions}.
 *
 * @param dimensions at least one
 * @param types the types of change that are ranked; empty for all
 * @param places how many places a ranking has, 1 to 1,000
 * @param updateInterval between two early records of a window, in processing time
 * @param bounded whether the input has an end of its own
 * @param futureTolerance how far a change may be ahead of the clock
 */
record RankingsSettings(
        Set<Dimension> dimensions,
        Set<String> types,
        int places,
        Duration updateInterval,
        EventTime eventTime,
        boolean bounded,
        Duration futureTolerance)
        implements Serializable {}
