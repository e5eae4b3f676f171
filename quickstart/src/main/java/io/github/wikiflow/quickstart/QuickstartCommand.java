package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.CommandRunner;
import picocli.CommandLine.Command;

/**
 * The launcher's {@code up} and {@code cluster}, which start everything in one JVM, and {@code
 * upgrade} for the jobs of any cluster.
 */
@Command(
        name = "wikiflow",
        subcommands = {UpCommand.class, ClusterCommand.class, UpgradeCommand.class},
        description = "The whole pipeline, or its cluster alone, in one process; upgrades of jobs.")
public final class QuickstartCommand {

    QuickstartCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new QuickstartCommand(), arguments));
    }
}
