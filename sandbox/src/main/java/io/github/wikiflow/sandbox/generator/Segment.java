package io.github.wikiflow.sandbox.generator;

import java.time.Duration;
import java.util.Arrays;

/**
 * What kind each event of a stretch of the log is, and which source position it has. All segments
 * have the same number of events, and how many special ones came before a segment has a closed
 * form, so a segment is made without those before it.
 */
final class Segment {

    static final int SIZE = 1_000;

    /** Keeps the draws for segments apart from those for events. */
    private static final long SALT = 0x7365676D656E74L;

    /** How far before its repetition an event is at most. */
    private static final int DUPLICATE_REACH = 64;

    private static final String EQIAD_TOPIC = "eqiad.mediawiki.recentchange";
    private static final String CODFW_TOPIC = "codfw.mediawiki.recentchange";

    /** Beyond 32 bits, as the real ones are. */
    private static final long FIRST_EQIAD_OFFSET = 5_960_706_869L;

    private static final long FIRST_CODFW_OFFSET = 1_808_609_896L;

    private final long number;
    private final EventKind[] kinds = new EventKind[SIZE];
    private final int[] originals = new int[SIZE];
    private final SourcePosition[] positions = new SourcePosition[SIZE];

    Segment(Workload workload, long number) {
        this.number = number;
        Draws draws = new Draws(workload.seed() ^ SALT, number);
        placeKinds(workload, draws);
        placeOriginals(draws);
        placePositions(workload);
    }

    long number() {
        return number;
    }

    EventKind kind(int slot) {
        return kinds[slot];
    }

    /** The slot of the event that this one repeats; its own when it is no duplicate. */
    int original(int slot) {
        return originals[slot];
    }

    SourcePosition position(int slot) {
        return positions[slot];
    }

    /** The first slot with this position; -1 when there is none. */
    int slot(SourcePosition position) {
        for (int slot = 0; slot < SIZE; slot++) {
            if (positions[slot].equals(position)) {
                return slot;
            }
        }
        return -1;
    }

    private void placeKinds(Workload workload, Draws draws) {
        Arrays.fill(kinds, EventKind.NORMAL);
        // Slot 0 stays normal: what comes next has something to repeat.
        int[] slots = new int[SIZE - 1];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i + 1;
        }
        int taken = 0;
        for (EventKind kind : EventKind.values()) {
            if (kind == EventKind.NORMAL) {
                continue;
            }
            long count =
                    countBefore(workload, kind, number + 1) - countBefore(workload, kind, number);
            for (long i = 0; i < count; i++) {
                int other = taken + draws.below(slots.length - taken);
                int slot = slots[other];
                slots[other] = slots[taken];
                slots[taken++] = slot;
                kinds[slot] = kind;
            }
        }
    }

    private void placeOriginals(Draws draws) {
        for (int slot = 0; slot < SIZE; slot++) {
            originals[slot] = slot;
            if (kinds[slot] == EventKind.DUPLICATE) {
                int original = Math.max(0, slot - 1 - draws.below(DUPLICATE_REACH));
                while (kinds[original] != EventKind.NORMAL) {
                    original--;
                }
                originals[slot] = original;
            }
        }
    }

    /** Every second canary comes from the data centre that is not active; nothing else does. */
    private void placePositions(Workload workload) {
        boolean switched = number >= switchedFrom(workload);
        String activeTopic = switched ? CODFW_TOPIC : EQIAD_TOPIC;
        String passiveTopic = switched ? EQIAD_TOPIC : CODFW_TOPIC;
        long canaries = countBefore(workload, EventKind.CANARY, number);
        long active = firstOffset(workload, activeTopic, number);
        long passive = firstOffset(workload, passiveTopic, number);
        for (int slot = 0; slot < SIZE; slot++) {
            if (kinds[slot] == EventKind.DUPLICATE) {
                positions[slot] = positions[originals[slot]];
            } else if (kinds[slot] == EventKind.CANARY && canaries++ % 2 == 1) {
                positions[slot] = new SourcePosition(passiveTopic, 0, passive++);
            } else {
                positions[slot] = new SourcePosition(activeTopic, 0, active++);
            }
        }
    }

    /** The offset in a topic that the first event of a segment or of one after it has. */
    static long firstOffset(Workload workload, String topic, long segment) {
        long switched = Math.min(segment, switchedFrom(workload));
        long activeBefore = activeBefore(workload, switched);
        long passiveBefore = passiveBefore(workload, switched);
        return topic.equals(CODFW_TOPIC)
                ? FIRST_CODFW_OFFSET
                        + passiveBefore
                        + activeBefore(workload, segment)
                        - activeBefore
                : FIRST_EQIAD_OFFSET
                        + activeBefore
                        + passiveBefore(workload, segment)
                        - passiveBefore;
    }

    /** The first segment in which codfw is active instead of eqiad. */
    private static long switchedFrom(Workload workload) {
        if (workload.switchAt() == null) {
            return Long.MAX_VALUE;
        }
        double seconds = Duration.between(workload.start(), workload.switchAt()).toMillis() / 1e3;
        return (long) Math.max(0, Math.ceil(seconds * workload.eventsPerSecond() / SIZE));
    }

    /** How many offsets of the active data centre's topic the segments before one take. */
    private static long activeBefore(Workload workload, long segment) {
        return segment * SIZE
                - countBefore(workload, EventKind.DUPLICATE, segment)
                - passiveBefore(workload, segment);
    }

    private static long passiveBefore(Workload workload, long segment) {
        return countBefore(workload, EventKind.CANARY, segment) / 2;
    }

    /** How many events of a kind are in the segments before one. */
    private static long countBefore(Workload workload, EventKind kind, long segment) {
        return (long) Math.floor(workload.share(kind) * SIZE * segment);
    }
}
