package io.github.wikiflow.sandbox.stream;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that shows what another showed when this one was made, and since then only how much time
 * has passed: if the computer's time is set meanwhile, a log that is published by this clock
 * neither stands still nor comes all at once. Thread-safe.
 */
public final class SteadyClock implements InstantSource {

    private final Instant start;
    private final long startNanos = System.nanoTime();

    public SteadyClock(InstantSource clock) {
        this.start = clock.instant();
    }

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - startNanos);
    }
}
