package io.github.wikiflow.benchmarks;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs {@link ParserBenchmark} with JMH, and shows events per second and bytes allocated per event.
 */
@Command(
        name = "parser",
        mixinStandardHelpOptions = true,
        description = "The parsers beside Jackson's data binding (JMH, one to two minutes).")
final class ParserBenchmarkCommand implements Callable<Integer> {

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where JMH's results go as JSON, to compare two builds (default: nowhere).")
    private Path output;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(ParserBenchmark.class.getName())
                        .addProfiler(GCProfiler.class);
        if (output != null) {
            options.resultFormat(ResultFormatType.JSON).result(output.toString());
        }
        new Runner(options.build()).run();
        return 0;
    }
}
