package io.github.wikiflow.dashboard.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.StackTraceText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The last failures of a job in a row, by Flink's history of exceptions: a job that is restarted
 * again and again looks like one that runs, most of the time.
 *
 * @param count how many there are
 * @param more whether there were more, which Flink has forgotten
 * @param first when the first of them was; null if there is none
 * @param last when the last of them was; null if there is none
 * @param reason the last one's first line, without line breaks
 */
record JobFailures(
        int count, boolean more, @Nullable Instant first, @Nullable Instant last, String reason) {

    /** After so long without a failure the restarts are over: Flink's reset-backoff-threshold. */
    private static final Duration OVER = Duration.ofMinutes(10);

    /** A job that fails goes on to fail within so long: the longest back-off and a start. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    /** One may be an accident. */
    private static final int IN_A_ROW = 3;

    private static final int SHOWN = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /**
     * Reads Flink's answer.
     *
     * @param exceptions of {@code /jobs/:jobid/exceptions}, the newest first
     */
    static JobFailures of(JsonNode exceptions, Instant now) {
        JsonNode history = exceptions.path("exceptionHistory");
        int count = 0;
        Instant first = null;
        Instant last = null;
        String reason = "";
        for (JsonNode failure : history.path("entries")) {
            Instant at = Instant.ofEpochMilli(failure.path("timestamp").asLong());
            if (Duration.between(at, first == null ? now : first).compareTo(OVER) > 0) {
                return new JobFailures(count, false, first, last, reason);
            }
            if (last == null) {
                last = at;
                reason = reason(failure);
            }
            first = at;
            count++;
        }
        return new JobFailures(count, history.path("truncated").asBoolean(), first, last, reason);
    }

    private static String reason(JsonNode failure) {
        String line = StackTraceText.innermost(failure.path("stacktrace").asText());
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN);
    }

    /** Whether the job fails again and again, the last time just now. */
    boolean goOn(Instant now) {
        return count >= IN_A_ROW && Duration.between(last, now).compareTo(RECENT) < 0;
    }

    /**
     * For people.
     *
     * @param otherwise what to say if there is none
     */
    String describe(String otherwise) {
        if (count == 0) {
            return otherwise;
        }
        return count == 1
                ? "It failed at %s: %s".formatted(TIME.format(last), reason)
                : "%s%d failures since %s, the last: %s"
                        .formatted(more ? "More than " : "", count, TIME.format(first), reason);
    }
}
