package io.github.wikiflow.bridge.position;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Tells equal data of one log and one time apart by its number: the stream has events that share a
 * millisecond, and each connection brings all of a millisecond, from the first. A log that brings
 * the same data a second time before it goes on has it twice.
 *
 * <p>Not thread-safe.
 */
final class Twins {

    /** Of a log at one time; more at once is no stream any more, and memory has to end. */
    private static final int MOST = 10_000;

    private final Map<SourceLog, Map<UUID, Integer>> counts = new HashMap<>();

    /** A connection begins, which brings what it brings from the first of its time. */
    void connected() {
        counts.clear();
    }

    /** The log has gone on to another time, or back to one. */
    void moved(SourceLog log) {
        counts.remove(log);
    }

    /**
     * Takes in that the log has brought this data.
     *
     * @param id of the data, its log and its time
     * @return how many there are by now; at least 1
     */
    int next(SourceLog log, UUID id) {
        Map<UUID, Integer> ofLog = counts.computeIfAbsent(log, key -> new HashMap<>());
        if (ofLog.size() >= MOST && !ofLog.containsKey(id)) {
            return 1;
        }
        return ofLog.merge(id, 1, Integer::sum);
    }
}
