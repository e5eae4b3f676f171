package io.github.wikiflow.quickstart;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Which {@code up} is meant, for commands that speak of one from another terminal. */
final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            description = "The folder that up was given (default: ./${DEFAULT-VALUE}).")
    private Path data;

    /** As {@code --data} names it, absolute. */
    Path folder() {
        return data.toAbsolutePath().normalize();
    }

    /** Whatever runs on it. */
    List<RunningProcess> running() {
        return RunningProcess.on(folder());
    }
}
