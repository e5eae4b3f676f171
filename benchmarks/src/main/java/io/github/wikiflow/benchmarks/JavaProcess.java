package io.github.wikiflow.benchmarks;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A main class in a JVM of its own, so that what is measured shares neither heap nor compiled code
 * with anything else. Its errors go where ours go. Closing it ends its input, which is its sign to
 * stop.
 */
public final class JavaProcess implements AutoCloseable {

    private static final long SECONDS_TO_STOP = 60;

    private final Process process;
    private final BufferedReader output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a main class of this module. */
    public static JavaProcess start(Class<?> main, List<String> jvmOptions, String... arguments)
            throws IOException {
        return start(
                System.getProperty("java.class.path"),
                main.getName(),
                jvmOptions,
                List.of(arguments));
    }

    /**
     * Starts a main class that need not be of this module.
     *
     * @param classPath all that it needs
     */
    public static JavaProcess start(
            String classPath, String main, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(arguments);
        return new JavaProcess(
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /**
     * The next line that it writes.
     *
     * @throws IOException if it ended instead
     */
    public String readLine() throws IOException {
        String line = nextLine();
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
     * Waits for the measurement that it prints; a JVM may print other lines before it.
     *
     * @throws IOException if it ended instead
     */
    public Measurement readMeasurement() throws IOException {
        String line = readLine();
        while (!Measurement.isLine(line)) {
            line = readLine();
        }
        return Measurement.ofLine(line);
    }

    /** Ends it by force if it has not ended by itself in this time. */
    public void killAfter(Duration time) {
        process.onExit()
                .orTimeout(time.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timeout -> process.destroyForcibly());
    }

    /**
     * Waits until it has ended by itself.
     *
     * @return its exit code
     */
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                // Waited for, since what it writes may be deleted next.
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly().onExit().join();
            Thread.currentThread().interrupt();
        }
    }
}
