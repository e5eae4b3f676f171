package io.github.wikiflow.dashboard.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Flink says of a job.
 *
 * @param name the job's name in Flink
 * @param word its state in a word, for people
 * @param detail the same in a sentence
 * @param lastCheckpoint when the last checkpoint was completed; null when none was or it is not
 *     known
 * @param checkpointMillis how long that checkpoint took; null as above
 */
public record JobStatus(
        String name,
        Health health,
        String word,
        String detail,
        @Nullable Instant lastCheckpoint,
        @Nullable Long checkpointMillis) {

    static JobStatus without(String name, Health health, String word, String detail) {
        return new JobStatus(name, health, word, detail, null, null);
    }
}
