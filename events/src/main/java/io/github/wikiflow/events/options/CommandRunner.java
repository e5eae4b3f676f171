package io.github.wikiflow.events.options;

import io.github.wikiflow.events.text.PlainText;
import java.io.PrintWriter;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Runs a picocli command in the way of all wikiflow processes: options fall back to the
 * environment, every failure ends as one line on standard error, and the exit code is 0, 2 for
 * wrong usage, or 1 for anything else. The stack trace of what nobody foresaw goes to the log.
 */
public final class CommandRunner {

    private CommandRunner() {}

    /** Parses the arguments and runs the command; returns the process's exit code. */
    public static int run(Object command, String... arguments) {
        return commandLine(command, System.getenv()).execute(arguments);
    }

    /**
     * As {@link #run}, for a command that must not leave child processes or temporary files behind:
     * SIGINT and SIGTERM interrupt it, and have the process wait up to half a minute for its end.
     */
    public static int runInterruptibly(Object command, String... arguments) {
        return commandLine(command, System.getenv())
                .setExecutionStrategy(new InterruptOnSignal())
                .execute(arguments);
    }

    /**
     * The command line with the behaviour that the class describes, for tests and for reading
     * options only.
     */
    public static CommandLine commandLine(Object command, Map<String, String> environment) {
        CommandLine commandLine = new CommandLine(command);
        commandLine.setDefaultValueProvider(new EnvironmentDefaults(environment));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(
                (exception, arguments) -> {
                    CommandLine failed = exception.getCommandLine();
                    return report(
                            failed,
                            oneLine(exception) + "; see --help",
                            failed.getCommandSpec().exitCodeOnInvalidInput());
                });
        commandLine.setExecutionExceptionHandler(
                (exception, failed, parsed) -> {
                    if (exception instanceof UsageException) {
                        return report(
                                failed,
                                String.valueOf(exception.getMessage()),
                                failed.getCommandSpec().exitCodeOnInvalidInput());
                    }
                    // Not a static field: a command may still choose its log file before logging
                    // starts.
                    Logger log = LoggerFactory.getLogger(CommandRunner.class);
                    if (exception instanceof OperationException) {
                        log.debug("The command failed", exception);
                    } else {
                        log.error("The command failed", exception);
                    }
                    return report(
                            failed,
                            oneLine(exception),
                            failed.getCommandSpec().exitCodeOnExecutionException());
                });
        return commandLine;
    }

    private static int report(CommandLine failed, String message, int exitCode) {
        PrintWriter err = failed.getErr();
        err.println(failed.getCommandSpec().qualifiedName() + ": " + PlainText.escape(message));
        err.flush();
        return exitCode;
    }

    /**
     * A message without line breaks; that of a wrong argument names the option and the value
     * already.
     */
    private static String oneLine(Exception exception) {
        String message = exception.getMessage();
        if (message == null) {
            message = exception.getClass().getSimpleName();
        } else if (!(exception instanceof ParameterException
                || exception instanceof OperationException)) {
            message = exception.getClass().getSimpleName() + ": " + message;
        }
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
