package io.github.wikiflow.benchmarks.micro;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The fields of a {@code WikiChange} in the shape that Jackson's data binding reads without any
 * code.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record BoundChange(
        @JsonProperty("$schema") String schema,
        Meta meta,
        String id,
        String type,
        Integer namespace,
        String title,
        String titleUrl,
        String comment,
        @JsonProperty("parsedcomment") String parsedComment,
        long timestamp,
        String user,
        Boolean bot,
        String notifyUrl,
        Boolean minor,
        Boolean patrolled,
        OldAndNew length,
        OldAndNew revision,
        String serverUrl,
        String serverName,
        String serverScriptPath,
        String wiki,
        Long logId,
        String logType,
        String logAction,
        String logActionComment,
        JsonNode logParams) {

    /** The event's envelope. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Meta(
            String uri,
            String requestId,
            String id,
            String dt,
            String domain,
            String stream,
            String topic,
            Integer partition,
            Long offset) {}

    /** A number before and after. */
    public record OldAndNew(
            @JsonProperty("old") Long oldValue, @JsonProperty("new") Long newValue) {}
}
