package io.github.wikiflow.quickstart;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits in tests for something to become true. */
final class Await {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Await() {}

    /** Waits until the condition holds, or fails naming what was waited for. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(what, condition, true);
    }

    /**
     * Waits until the value is the expected one, or fails naming what was waited for and the last
     * value.
     */
    static <T> void until(String what, Callable<T> value, T expected) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        T last = value.call();
        while (!Objects.equals(last, expected)) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError(
                        "Not within %s: %s; last seen: %s".formatted(PATIENCE, what, last));
            }
            TimeUnit.MILLISECONDS.sleep(100);
            last = value.call();
        }
    }
}
