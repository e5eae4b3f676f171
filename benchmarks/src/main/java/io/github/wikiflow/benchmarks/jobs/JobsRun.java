package io.github.wikiflow.benchmarks.jobs;

import io.github.wikiflow.archive.ArchiveJob;
import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import io.github.wikiflow.rankings.RankingsJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs the jobs that the options name over all of the topic: {@code archive}, {@code
 * rankings=DIMENSIONS}, or both at the same time. Settings of Flink can follow as {@code
 * flink.KEY=VALUE}.
 */
public final class JobsRun {

    private static final String ARCHIVE = "archive";
    private static final String RANKINGS = "rankings=";

    private JobsRun() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        List<String> names =
                task.options().stream()
                        .filter(option -> option.equals(ARCHIVE) || option.startsWith(RANKINGS))
                        .toList();
        try (LocalFlink flink = LocalFlink.start(task, names.size())) {
            List<StreamExecutionEnvironment> jobs = new ArrayList<>();
            for (String name : names) {
                StreamExecutionEnvironment environment = flink.environment();
                if (name.equals(ARCHIVE)) {
                    defineArchive(environment, task);
                } else {
                    defineRankings(environment, task, name.substring(RANKINGS.length()));
                }
                jobs.add(environment);
            }
            Report.measurement(
                    Measurement.ofWork(
                            task.events(),
                            () -> flink.run(jobs.toArray(StreamExecutionEnvironment[]::new))));
        }
    }

    private static void defineArchive(StreamExecutionEnvironment environment, Task task) {
        ArchiveJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + task.bootstrapServers(),
                "--topic=" + task.topic(),
                "--lake=" + task.lake(),
                "--bounded");
    }

    private static void defineRankings(
            StreamExecutionEnvironment environment, Task task, String dimensions) {
        RankingsJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + task.bootstrapServers(),
                "--topic=" + task.topic(),
                "--rankings-topic=" + task.outputTopic(),
                "--dimensions=" + dimensions,
                "--bounded");
    }
}
