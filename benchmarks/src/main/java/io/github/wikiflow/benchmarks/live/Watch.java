package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.options.OperationException;
import org.jspecify.annotations.Nullable;

/** Something that looks at the pipeline's output on a thread of its own, until it is closed. */
abstract class Watch implements AutoCloseable {

    private final Thread thread = new Thread(this::run, getClass().getSimpleName());
    private volatile boolean closed;
    private volatile @Nullable Exception failure;

    /** To be called when everything that {@link #look} needs is there. */
    final void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for something new, and takes it. */
    abstract void look() throws Exception;

    /**
     * Ends a {@link #look} that waits, by an exception or without one. Called by another thread.
     */
    abstract void wake() throws Exception;

    /** Gives up what {@link #look} needed, when that is not called any more. */
    abstract void release();

    /**
     * Ends it.
     *
     * @throws OperationException if it could not look until now
     */
    @Override
    public final void close() {
        closed = true;
        try {
            wake();
            thread.join();
            release();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            failure = e;
        }
        if (failure != null) {
            throw new OperationException(
                    "%s saw nothing any more: %s".formatted(thread.getName(), failure), failure);
        }
    }

    private void run() {
        try {
            while (!closed) {
                look();
            }
        } catch (Exception e) {
            if (!closed) {
                failure = e;
            }
        }
    }
}
