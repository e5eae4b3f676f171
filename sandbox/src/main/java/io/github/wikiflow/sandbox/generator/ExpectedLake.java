package io.github.wikiflow.sandbox.generator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the archive should make of a topic: which events become rows of the lake, and which dead
 * letters. It keeps the events, or only counts them when they are too many. Not thread-safe.
 */
public final class ExpectedLake {

    private final Duration futureTolerance;
    private final boolean keepsEvents;
    private final List<LandedEvent> kept = new ArrayList<>();
    private final List<LandedEvent> malformed = new ArrayList<>();
    private final List<LandedEvent> poisoned = new ArrayList<>();
    private long rowCount;
    private long malformedCount;
    private long poisonedCount;

    private ExpectedLake(Duration futureTolerance, boolean keepsEvents) {
        this.futureTolerance = futureTolerance;
        this.keepsEvents = keepsEvents;
    }

    /**
     * Keeps every event.
     *
     * @param futureTolerance how far a timestamp may lie after the record time
     */
    public static ExpectedLake ofEvents(Duration futureTolerance) {
        return new ExpectedLake(futureTolerance, true);
    }

    /** Only counts, so that the lists stay empty: for millions of events. */
    public static ExpectedLake ofCounts(Duration futureTolerance) {
        return new ExpectedLake(futureTolerance, false);
    }

    /** Takes the next event of the topic, in any order. */
    public void add(LandedEvent landed) {
        List<LandedEvent> list;
        if (landed.isMalformed()) {
            malformedCount++;
            list = malformed;
        } else if (landed.isPoisoned(futureTolerance)) {
            poisonedCount++;
            list = poisoned;
        } else {
            rowCount++;
            list = kept;
        }
        if (keepsEvents) {
            list.add(landed);
        }
    }

    /** The events that become rows. */
    public List<LandedEvent> kept() {
        return List.copyOf(kept);
    }

    /**
     * The rows, one map from column to value each, as {@link LakeRow#columns} says.
     *
     * @param topic our topic's name
     */
    public List<Map<String, Object>> rows(String topic) {
        return kept.stream().map(landed -> LakeRow.columns(landed, topic)).toList();
    }

    /** Dead letters because no change can be made of them. */
    public List<LandedEvent> malformed() {
        return List.copyOf(malformed);
    }

    /** Dead letters because their timestamp is in the future. */
    public List<LandedEvent> poisoned() {
        return List.copyOf(poisoned);
    }

    public long rowCount() {
        return rowCount;
    }

    public long malformedCount() {
        return malformedCount;
    }

    public long poisonedCount() {
        return poisonedCount;
    }
}
