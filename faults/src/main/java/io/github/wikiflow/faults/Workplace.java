package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a pipeline of many processes may work. */
@Command
final class Workplace {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Empty folder for data and logs, which stay there"
                            + " (default: a new one among the temporary files).")
    private @Nullable Path data;

    /**
     * The folder to work in.
     *
     * @throws OperationException if it cannot be used
     */
    Path folder() {
        try {
            if (data == null) {
                return Files.createTempDirectory("wikiflow-faults");
            }
            Path folder = Files.createDirectories(data.toAbsolutePath());
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new OperationException(
                            "--data: '%s' is not empty; name another folder".formatted(folder));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new OperationException(
                    "--data: cannot write to '%s' (%s); name another folder".formatted(data, e), e);
        }
    }
}
