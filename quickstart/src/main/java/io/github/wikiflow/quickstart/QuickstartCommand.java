package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.CommandRunner;
import picocli.CommandLine.Command;

/**
 * The processes that start everything in one JVM: the launcher's {@code up} and {@code cluster}.
 */
@Command(
        name = "wikiflow",
        subcommands = {UpCommand.class, ClusterCommand.class},
        description = "The whole pipeline, or its cluster alone, in one process.")
public final class QuickstartCommand {

    private QuickstartCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new QuickstartCommand(), arguments));
    }
}
