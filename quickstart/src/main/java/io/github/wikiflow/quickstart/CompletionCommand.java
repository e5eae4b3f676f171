package io.github.wikiflow.quickstart;

import io.github.wikiflow.bridge.BridgeCommand;
import io.github.wikiflow.dashboard.DashboardCommand;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow completion}: commands and options for bash and zsh. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Print a script by which bash and zsh complete commands and options:",
            "source <(./wikiflow completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    /** Of which only the names are completed. */
    private static final List<String> OTHERS =
            List.of(
                    "flink",
                    "lake",
                    "sandbox",
                    "generate",
                    "bench",
                    "faults",
                    "soak",
                    "build",
                    "test",
                    "dist",
                    "help");

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine launcher = new CommandLine(new QuickstartCommand());
        launcher.addSubcommand("bridge", new CommandLine(BridgeCommand.class));
        launcher.addSubcommand("dashboard", new CommandLine(DashboardCommand.class));
        OTHERS.forEach(name -> launcher.addSubcommand(name, CommandSpec.create()));
        spec.commandLine().getOut().println(AutoComplete.bash("wikiflow", launcher));
        return 0;
    }
}
