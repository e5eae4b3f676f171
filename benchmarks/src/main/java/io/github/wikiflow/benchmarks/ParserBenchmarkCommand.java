package io.github.wikiflow.benchmarks;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;

/**
 * Runs {@link ParserBenchmark} with JMH, and shows events per second and bytes allocated per event.
 */
@Command(
        name = "parser",
        mixinStandardHelpOptions = true,
        description = "The parsers beside Jackson's data binding (JMH, one to two minutes).")
final class ParserBenchmarkCommand implements Callable<Integer> {

    @Override
    public Integer call() throws RunnerException {
        new Runner(
                        new OptionsBuilder()
                                .include(ParserBenchmark.class.getName())
                                .addProfiler(GCProfiler.class)
                                .build())
                .run();
        return 0;
    }
}
