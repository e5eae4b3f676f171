package io.github.wikiflow.harness.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A main class in a JVM of its own, so that it shares neither heap nor compiled code with anything
 * else and can be killed. It never outlives this JVM. Signals and input are thread-safe; what it
 * writes is read by one thread.
 */
public final class JavaProcess implements AutoCloseable {

    private static final long SECONDS_TO_STOP = 20;

    private final Process process;
    private final BufferedReader output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one whose output the caller reads; its errors go where ours go. */
    public static JavaProcess start(JavaCommand command) throws IOException {
        return new JavaProcess(builder(command).redirectError(Redirect.INHERIT).start());
    }

    /** Starts one whose output and errors are appended to a file. */
    public static JavaProcess start(JavaCommand command, Path output) throws IOException {
        return new JavaProcess(
                builder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(output.toFile()))
                        .start());
    }

    private static ProcessBuilder builder(JavaCommand command) {
        ProcessBuilder builder = new ProcessBuilder(command.words());
        builder.environment().putAll(command.environment());
        return builder;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** CPU time that it has used so far; zero where the system does not say. */
    public Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * The next line that it writes.
     *
     * @throws IOException if it ended instead
     */
    public String readLine() throws IOException {
        return readLine(line -> true);
    }

    /**
     * The next line of a kind that it writes; a JVM may print others before it.
     *
     * @throws IOException if it ended instead
     */
    public String readLine(Predicate<String> kind) throws IOException {
        String line = nextLine();
        while (line != null && !kind.test(line)) {
            line = nextLine();
        }
        if (line == null) {
            throw new IOException("the process ended without an answer");
        }
        return line;
    }

    /** The next line that it writes, null if it ended instead. */
    public String nextLine() throws IOException {
        return output.readLine();
    }

    /**
     * Writes a line to its input.
     *
     * @throws IOException if it has ended
     */
    void tell(String line) throws IOException {
        Writer input = process.outputWriter();
        input.write(line + "\n");
        input.flush();
    }

    /** Ends it by force if it has not ended by itself in this time. */
    public void killAfter(Duration time) {
        process.onExit()
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timeout -> process.destroyForcibly());
    }

    /**
     * SIGKILL; returns when it has ended.
     *
     * @return whether it was this that ended it
     */
    boolean kill() throws InterruptedException {
        boolean alive = process.isAlive();
        return process.destroyForcibly().waitFor() == signalled(9) && alive;
    }

    /**
     * SIGTERM; returns when it has ended.
     *
     * @return false if it had ended before, or did not stop when asked to and was killed
     */
    boolean terminate() throws InterruptedException {
        // By its handle: Process.destroy would close the input, too.
        boolean asked = process.toHandle().destroy();
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return false;
        }
        return asked;
    }

    /**
     * SIGSTOP for a time, then SIGCONT, for which this waits.
     *
     * @return false if it had ended before, or ended meanwhile
     */
    boolean pause(Duration time) throws IOException, InterruptedException {
        // By a process of its own, which also ends the pause if this JVM does not live so long.
        String pid = Long.toString(process.pid());
        Process pause =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "kill -STOP $0 && sleep $1; kill -CONT $0",
                                pid,
                                Double.toString(time.toMillis() / 1e3))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start();
        return pause.waitFor() == 0 && process.isAlive();
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code
     */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Waits until it has ended by itself, or the time is over.
     *
     * @return whether it has ended
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends its input, which ends it. When this returns it writes nothing any more. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // What was still to be written to it is lost; it has ended.
        }
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
        output.close();
    }

    /** The exit code of a process that a signal has ended. */
    private static int signalled(int signal) {
        return 128 + signal;
    }
}
