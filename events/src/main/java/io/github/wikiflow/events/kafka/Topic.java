package io.github.wikiflow.events.kafka;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    /** Key: {@code <dimension>|<window start>|<length>}. Value: a ranking as JSON. */
    RANKINGS("wiki-rankings", 1, Cleanup.compactAndDelete(Duration.ofDays(30)));

    /** Kafka's name of the setting by which it removes records. */
    public static final String CLEANUP_POLICY = "cleanup.policy";

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

    /**
     * What a topic of this kind that is there already may not have: the way in which Kafka removes
     * records decides what a process finds again, and nothing would say that records are gone.
     * Other settings are its owner's to choose.
     *
     * @param cleanupPolicy its {@code cleanup.policy}
     * @return the policy that it must have; null if it is all right
     */
    public @Nullable String policyInsteadOf(String cleanupPolicy) {
        String wanted = Objects.requireNonNull(settings.get(CLEANUP_POLICY), CLEANUP_POLICY);
        return policies(cleanupPolicy).equals(policies(wanted)) ? null : wanted;
    }

    private static Set<String> policies(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private static final class Cleanup {
        private static final String SMALL_SEGMENT_BYTES = Integer.toString(8 << 20);

        private static Map<String, String> delete(Duration retention) {
            return Map.of(
                    CLEANUP_POLICY, "delete", "retention.ms", Long.toString(retention.toMillis()));
        }

        /**
         * Of each key only the last record is wanted. Kafka compacts no segment that it still
         * writes, and keeps the ends of transactions for a day, so without more the topic would
         * grow by gigabytes that every reader goes through. The records' time is the broker's: the
         * bridge sets its clock by it.
         */
        private static Map<String, String> compact() {
            return Map.of(
                    CLEANUP_POLICY,
                    "compact",
                    "segment.bytes",
                    SMALL_SEGMENT_BYTES,
                    "min.cleanable.dirty.ratio",
                    "0.1",
                    "delete.retention.ms",
                    Long.toString(Duration.ofMinutes(10).toMillis()),
                    "message.timestamp.type",
                    "LogAppendTime");
        }

        private static Map<String, String> compactAndDelete(Duration retention) {
            return Map.of(
                    CLEANUP_POLICY,
                    "compact,delete",
                    "retention.ms",
                    Long.toString(retention.toMillis()),
                    "segment.bytes",
                    SMALL_SEGMENT_BYTES);
        }
    }
}
