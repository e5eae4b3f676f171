package io.github.wikiflow.dashboard.follow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a {@link RankingFollower} has come. */
public enum FollowerState {
    /** Kafka has not answered yet. */
    CONNECTING,
    /** Kafka answers, and the topic does not exist yet. */
    WAITING,
    /** Reading what the topic held when it was found. */
    LOADING,
    /** Reading what is new. */
    FOLLOWING,
    /** Closed, or failed for a reason that only a restart can mend. */
    STOPPED;

    /** The name in JSON: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
