package io.github.wikiflow.benchmarks.micro;

import io.github.wikiflow.rankings.LocalCountBenchmark;
import io.github.wikiflow.rankings.SerializerBenchmark;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the benchmarks of single parts with JMH, and shows operations per second and bytes allocated
 * per operation.
 */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        description = {
            "The parsers beside Jackson's, the rankings' serializers, their local count, and the"
                    + " archive's way to a Parquet file (JMH, half a minute for each benchmark).",
            "gc.alloc.rate.norm is the bytes allocated per operation."
        })
public final class MicroBenchmarkCommand implements Callable<Integer> {

    /** What is measured. */
    private enum Part {
        PARSER(ParserBenchmark.class),
        SERIALIZERS(SerializerBenchmark.class),
        COUNT(LocalCountBenchmark.class),
        PARQUET(ParquetBenchmark.class);

        private final Class<?> benchmark;

        Part(Class<?> benchmark) {
            this.benchmark = benchmark;
        }
    }

    @Option(
            names = "--only",
            paramLabel = "PART[,...]",
            split = ",",
            description = "Some of ${COMPLETION-CANDIDATES} (default: all).")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "Where JMH's results go as JSON, to compare two builds (default: nowhere).")
    private @Nullable Path output;

    @Option(
            names = "--quick",
            description =
                    "One short iteration in this process: shows that all of it runs; the figures mean"
                            + " nothing.")
    private boolean quick;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder().addProfiler(GCProfiler.class).shouldFailOnError(true);
        for (Part part : parts) {
            options.include(part.benchmark.getName());
        }
        if (quick) {
            options.forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(10));
        }
        if (output != null) {
            options.resultFormat(ResultFormatType.JSON).result(output.toString());
        }
        new Runner(options.build()).run();
        return 0;
    }
}
