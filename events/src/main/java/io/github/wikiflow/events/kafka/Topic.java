package io.github.wikiflow.events.kafka;

import java.time.Duration;
import java.util.Map;

/**
 * The topics by which the processes talk to each other, with the settings that each is created
 * with.
 */
public enum Topic {
    /** Key: {@code <wiki>:<title>}. Value: the event's JSON, byte for byte as received. */
    CHANGES("wiki-changes", 4, Cleanup.delete(Duration.ofDays(7))),
    /** Key: stream name. Value: the bridge's resume point. */
    CURSOR("wiki-changes-cursor", 1, Cleanup.compact()),
    /** Key as found. Value: the original bytes. Headers say why and from where. */
    DEAD_LETTERS("wiki-changes-dead-letters", 1, Cleanup.delete(Duration.ofDays(30))),
    /** Key as found. Value: a change too late for its window. */
    LATE("wiki-changes-late", 1, Cleanup.delete(Duration.ofDays(30))),
    /** Key: {@code <dimension>|<window start>}. Value: a ranking as JSON. */
    RANKINGS("wiki-rankings", 1, Cleanup.compactAndDelete(Duration.ofDays(30)));

    private final String defaultName;
    private final int partitions;
    private final Map<String, String> settings;

    Topic(String defaultName, int partitions, Map<String, String> settings) {
        this.defaultName = defaultName;
        this.partitions = partitions;
        this.settings = settings;
    }

    /** The topic's name unless an option says otherwise. */
    public String defaultName() {
        return defaultName;
    }

    /** How many partitions it is created with. */
    public int partitions() {
        return partitions;
    }

    /** Kafka's topic settings that it is created with. */
    public Map<String, String> settings() {
        return settings;
    }

    private static final class Cleanup {
        private static Map<String, String> delete(Duration retention) {
            return Map.of(
                    "cleanup.policy",
                    "delete",
                    "retention.ms",
                    Long.toString(retention.toMillis()));
        }

        private static Map<String, String> compact() {
            return Map.of("cleanup.policy", "compact");
        }

        private static Map<String, String> compactAndDelete(Duration retention) {
            return Map.of(
                    "cleanup.policy",
                    "compact,delete",
                    "retention.ms",
                    Long.toString(retention.toMillis()));
        }
    }
}
