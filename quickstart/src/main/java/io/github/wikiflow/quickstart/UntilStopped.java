package io.github.wikiflow.quickstart;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the process running until a signal ends it, and then closes what runs within a bounded
 * time.
 */
final class UntilStopped {

    private static final long STOP_SECONDS = 9;

    private UntilStopped() {}

    /**
     * Waits for the end. SIGINT and SIGTERM close {@code running} and end the process; so does a
     * return of the caller.
     *
     * @param failure completes exceptionally if what runs cannot go on
     * @param console where the stop is announced
     * @throws Exception what {@code failure} says
     */
    static void await(AutoCloseable running, CompletableFuture<Void> failure, PrintStream console)
            throws Exception {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> close(running, console), "stop-on-signal"));
        try {
            failure.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void close(AutoCloseable running, PrintStream console) {
        console.println();
        console.println("Stopping ...");
        Thread closing =
                new Thread(
                        () -> {
                            try {
                                running.close();
                                console.println("Stopped. The next start goes on from here.");
                            } catch (Exception e) {
                                console.println("Stopped, but not cleanly: " + e.getMessage());
                            }
                        },
                        "close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            console.printf(
                    "Not everything stopped within %d s; ended all the same. Nothing is lost.%n",
                    STOP_SECONDS);
        }
    }
}
