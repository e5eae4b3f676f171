package io.github.wikiflow.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bridge as a process of its own; killed when it is closed. */
final class BridgeProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private BridgeProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it with this class path; what it writes goes to a file. */
    static BridgeProcess start(Path output, List<String> arguments) throws IOException {
        return start(output, List.of(), Map.of(), arguments);
    }

    /**
     * As {@link #start(Path, List)}, with more options for Java and variables of the environment.
     */
    static BridgeProcess start(
            Path output,
            List<String> javaOptions,
            Map<String, String> environment,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(javaOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        BridgeCommand.class.getName()));
        command.addAll(arguments);
        ProcessBuilder process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        process.environment().putAll(environment);
        return new BridgeProcess(process.start(), output);
    }

    Process process() {
        return process;
    }

    /** What it has written so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
