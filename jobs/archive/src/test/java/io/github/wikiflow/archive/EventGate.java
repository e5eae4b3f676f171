package io.github.wikiflow.archive;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets a source emit as many events as a test has allowed so far, repeated ones included. One gate
 * serves the whole JVM, as a restarted task has another source.
 */
final class EventGate<T extends SourceSplit> implements RateLimiterStrategy<T> {

    private static final long serialVersionUID = 1L;

    private static final Queue<CompletableFuture<Void>> WAITING = new ArrayDeque<>();

    private static long allowed;

    /** Forgets what was allowed, and who waits. */
    static synchronized void close() {
        allowed = 0;
        WAITING.clear();
    }

    /** Allows so many events more. */
    static synchronized void allow(long events) {
        allowed += events;
        while (allowed > 0 && !WAITING.isEmpty()) {
            allowed--;
            WAITING.remove().complete(null);
        }
    }

    private static synchronized CompletionStage<Void> pass() {
        CompletableFuture<Void> passage = new CompletableFuture<>();
        if (allowed > 0) {
            allowed--;
            passage.complete(null);
        } else {
            WAITING.add(passage);
        }
        return passage;
    }

    @Override
    public RateLimiter<T> createRateLimiter(int parallelism) {
        return events -> pass();
    }
}
