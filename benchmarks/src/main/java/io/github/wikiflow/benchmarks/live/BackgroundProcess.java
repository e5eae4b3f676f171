package io.github.wikiflow.benchmarks.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs beside this one until it is closed, and does not outlive it. What it prints
 * goes to a file.
 */
final class BackgroundProcess implements AutoCloseable {

    private static final long SECONDS_TO_STOP = 20;

    private final Process process;
    private final Thread end;

    private BackgroundProcess(Process process) {
        this.process = process;
        this.end = new Thread(process::destroyForcibly, "end of process " + process.pid());
    }

    /**
     * Starts it.
     *
     * @param environment added to ours
     * @param output appended to
     */
    static BackgroundProcess start(
            List<String> command, Map<String, String> environment, Path output) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        BackgroundProcess background = new BackgroundProcess(builder.start());
        Runtime.getRuntime().addShutdownHook(background.end);
        return background;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL; returns when it has ended. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code
     */
    int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Asks it to end, and ends it by force if it takes long. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (!Thread.currentThread().isInterrupted()) {
            removeEnd();
        }
    }

    private void removeEnd() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // This JVM is ending, and the hook does what is left to do.
        }
    }
}
