package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.CommandRunner;
import picocli.CommandLine.Command;

/**
 * The launcher's {@code up} and {@code cluster}, which start everything in one JVM, what speaks of
 * a running {@code up} from another terminal, and {@code upgrade} for the jobs of any cluster.
 */
@Command(
        name = "wikiflow",
        subcommands = {
            UpCommand.class,
            DoctorCommand.class,
            StatusCommand.class,
            StopCommand.class,
            LogsCommand.class,
            ClusterCommand.class,
            UpgradeCommand.class,
            CompletionCommand.class
        },
        description = "The whole pipeline, or its cluster alone, in one process; upgrades of jobs.")
public final class QuickstartCommand {

    QuickstartCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new QuickstartCommand(), arguments));
    }
}
