package io.github.wikiflow.benchmarks;

import io.github.wikiflow.benchmarks.bridge.BridgeBenchmarkCommand;
import io.github.wikiflow.benchmarks.comparison.ComparisonOptions;
import io.github.wikiflow.benchmarks.comparison.ComparisonReport;
import io.github.wikiflow.benchmarks.comparison.GrowthCommand;
import io.github.wikiflow.benchmarks.dashboard.DashboardBenchmarkCommand;
import io.github.wikiflow.benchmarks.live.FreshnessCommand;
import io.github.wikiflow.benchmarks.live.RecoveryCommand;
import io.github.wikiflow.benchmarks.micro.MicroBenchmarkCommand;
import io.github.wikiflow.benchmarks.window.WideWindowBenchmark;
import io.github.wikiflow.events.options.CommandRunner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code ./wikiflow bench}: the pipelines beside what a user would pick instead; and one subcommand
 * for each part that is measured by itself.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {
            BridgeBenchmarkCommand.class,
            DashboardBenchmarkCommand.class,
            FreshnessCommand.class,
            GrowthCommand.class,
            MicroBenchmarkCommand.class,
            RecoveryCommand.class,
            WideWindowBenchmark.class
        },
        description = {
            "Runs the jobs, what bounds them, and what a user would pick instead, each in a JVM of its"
                    + " own, one after the other, on the same topic of generated events; checks every"
                    + " answer, and prints one table.",
            "A subcommand measures a part of the pipeline by itself."
        })
public final class BenchCommand implements Callable<Integer> {

    @Mixin private ComparisonOptions options;

    @Spec private CommandSpec spec;

    private BenchCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.runInterruptibly(new BenchCommand(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        boolean right =
                ComparisonReport.run(
                        options.settings(), options.output(), spec.commandLine().getOut());
        return right ? 0 : 1;
    }
}
