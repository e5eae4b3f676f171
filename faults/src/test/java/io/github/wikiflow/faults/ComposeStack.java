package io.github.wikiflow.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The containers of {@code docker/compose.yaml}, under a project name and with volumes of their
 * own, handled as an operator does: by Docker's command line.
 */
final class ComposeStack implements AutoCloseable {

    private static final long COMMAND_MINUTES = 15;

    private final Path folder;
    private final List<Path> files;
    private final Map<String, String> environment;
    private final Path log;

    /**
     * @param folder of the compose file
     * @param override a file that changes some of it
     * @param environment what goes before the values of {@code .env}
     * @param log where the commands' messages go
     */
    ComposeStack(Path folder, Path override, Map<String, String> environment, Path log) {
        this.folder = folder;
        this.files = List.of(folder.resolve("compose.yaml"), override);
        this.environment = Map.copyOf(environment);
        this.log = log;
    }

    /** Starts what does not run. */
    void up(int taskManagers) throws IOException, InterruptedException {
        compose("up", "--detach", "--scale", "taskmanager=" + taskManagers);
    }

    /** Runs a command in a container; returns what it printed. */
    String execute(String service, String... command) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("exec", "--no-TTY", service));
        arguments.addAll(List.of(command));
        return compose(arguments.toArray(String[]::new));
    }

    /** SIGKILL for one container of a service. */
    void killOne(String service) throws IOException, InterruptedException {
        String container = compose("ps", "--quiet", service).lines().findFirst().orElseThrow();
        run(List.of("docker", "kill", container));
    }

    /** {@code docker compose} with these arguments; returns what it printed. */
    String compose(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "compose"));
        for (Path file : files) {
            command.addAll(List.of("--file", file.toString()));
        }
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Deletes the containers and their volumes. */
    @Override
    public void close() throws IOException {
        try {
            compose("down", "--volumes", "--timeout", "20");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the containers were taken down", e);
        }
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(log.getParent(), "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(COMMAND_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("not within %d min: %s".formatted(COMMAND_MINUTES, command));
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    "%s: exit code %d%n%s%n%s"
                            .formatted(
                                    command,
                                    process.exitValue(),
                                    Files.readString(output, StandardCharsets.UTF_8),
                                    Files.readString(log, StandardCharsets.UTF_8)));
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
