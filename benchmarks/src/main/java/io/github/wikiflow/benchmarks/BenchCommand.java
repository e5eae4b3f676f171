package io.github.wikiflow.benchmarks;

import io.github.wikiflow.benchmarks.archive.ArchiveBenchmark;
import io.github.wikiflow.benchmarks.bridge.BridgeBenchmarkCommand;
import io.github.wikiflow.benchmarks.dashboard.DashboardBenchmarkCommand;
import io.github.wikiflow.benchmarks.rankings.RankingsBenchmark;
import io.github.wikiflow.events.options.CommandRunner;
import picocli.CommandLine.Command;

/** {@code ./wikiflow bench NAME}: one subcommand for each thing that is measured. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            ArchiveBenchmark.class,
            BridgeBenchmarkCommand.class,
            DashboardBenchmarkCommand.class,
            ParserBenchmarkCommand.class,
            RankingsBenchmark.class,
            StreamBenchmarkCommand.class
        },
        description = "Measure a part of the pipeline, on this machine, with generated events.")
public final class BenchCommand {

    private BenchCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new BenchCommand(), arguments));
    }
}
