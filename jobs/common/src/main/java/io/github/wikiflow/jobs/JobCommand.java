package io.github.wikiflow.jobs;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.ShellWord;
import io.github.wikiflow.events.options.UsageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;
import picocli.CommandLine;

/**
 * Reads a job's options in the way of all wikiflow processes. A job's {@code main} runs inside
 * other people's processes (Flink's command line client, the JobManager), so it must neither print
 * usage errors nor exit: it throws what Flink's client shows as one line.
 */
public final class JobCommand {

    private JobCommand() {}

    /**
     * Fills the options object from arguments and environment.
     *
     * @return false if only help or the version was asked for, which has been printed
     * @throws ProgramParametrizationException with one line that names option, value and remedy
     */
    public static boolean parse(
            Object options, Map<String, String> environment, String... arguments) {
        CommandLine commandLine = CommandRunner.commandLine(options, environment);
        StringWriter errors = new StringWriter();
        commandLine.setErr(new PrintWriter(errors));
        commandLine.setExecutionStrategy(
                parsed -> {
                    Integer help = CommandLine.executeHelpRequest(parsed);
                    return help == null ? PARSED : help;
                });
        int outcome = commandLine.execute(arguments);
        if (!errors.toString().isEmpty()) {
            throw new ProgramParametrizationException(errors.toString().strip());
        }
        return outcome == PARSED;
    }

    /**
     * Runs what checks options further than parsing does, and shows its complaints in the same way.
     *
     * @throws ProgramParametrizationException with the line of a {@link UsageException} or an
     *     {@link OperationException}
     */
    public static <T> T validated(Supplier<T> check) {
        try {
            return check.get();
        } catch (UsageException | OperationException e) {
            throw new ProgramParametrizationException(e.getMessage());
        }
    }

    /**
     * Shows in the web UI what a job was started with, where an upgrade finds it: its options, and
     * the folder for its checkpoints if the submission names one. None of it is secret: secrets
     * have a file of their own.
     */
    public static void show(StreamExecutionEnvironment environment, String... arguments) {
        Map<String, String> shown = new HashMap<>();
        shown.put(
                "options",
                Stream.of(arguments).map(ShellWord::quoted).collect(Collectors.joining(" ")));
        environment
                .getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .ifPresent(
                        folder ->
                                shown.put(
                                        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(), folder));
        environment.getConfig().setGlobalJobParameters(ParameterTool.fromMap(shown));
    }

    private static final int PARSED = -1;
}
