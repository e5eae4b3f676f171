package io.github.wikiflow.dashboard.status;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers since when each part of the pipeline is unhealthy. A part that does not answer is
 * neither well nor unwell, so it ends nothing. Not thread-safe.
 */
final class TroubleWatch {

    private final Map<String, Instant> unhealthySince = new HashMap<>();

    private record Part(Health health, String word, String detail) {}

    /**
     * Takes in what was just found.
     *
     * @return of the unhealthy parts the one on which most others depend: Kafka, the bridge, then
     *     the jobs in their order; null if there is none
     */
    @Nullable Trouble look(
            Instant now, KafkaStatus kafka, BridgeStatus bridge, List<JobStatus> jobs) {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("kafka", new Part(kafka.health(), kafka.word(), kafka.detail()));
        parts.put("bridge", new Part(bridge.health(), bridge.word(), bridge.detail()));
        for (JobStatus job : jobs) {
            parts.put(job.name(), new Part(job.health(), job.word(), job.detail()));
        }
        Trouble first = null;
        for (Map.Entry<String, Part> entry : parts.entrySet()) {
            Part part = entry.getValue();
            if (part.health() == Health.HEALTHY) {
                unhealthySince.remove(entry.getKey());
            } else if (part.health() == Health.UNHEALTHY) {
                Instant since = unhealthySince.computeIfAbsent(entry.getKey(), name -> now);
                if (first == null) {
                    first = new Trouble(entry.getKey(), part.word(), part.detail(), since);
                }
            }
        }
        return first;
    }
}
