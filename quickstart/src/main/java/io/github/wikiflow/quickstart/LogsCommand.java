package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./wikiflow logs}: the end of the log that was written last, by {@code tail}. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = "Show the end of the log of up, of the kind of source that wrote last.")
final class LogsCommand implements Callable<Integer> {

    @Mixin private DataOption data;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "NUMBER",
            defaultValue = "50",
            description = "How many lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            command.add("-F");
        }
        command.add(newest().toString());
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    private Path newest() throws IOException {
        try (Stream<Path> folders =
                Files.isDirectory(data.folder()) ? Files.list(data.folder()) : Stream.empty()) {
            return folders.map(folder -> folder.resolve("log/wikiflow.log"))
                    .filter(Files::isRegularFile)
                    .max(Comparator.comparing(LogsCommand::written))
                    .orElseThrow(
                            () ->
                                    new OperationException(
                                            "there is no log below '%s'; name the folder that up was given with --data"
                                                    .formatted(data.folder())));
        }
    }

    private static FileTime written(Path log) {
        try {
            return Files.getLastModifiedTime(log);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
