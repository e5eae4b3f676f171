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
 * rankings=DIMENSIONS}, or both at the same time. With {@code lake} the rankings read the lake
 * instead of the topic. Settings of Flink can follow as {@code flink.KEY=VALUE}.
 */
public final class JobsRun {

    private static final String ARCHIVE = "archive";
    private static final String RANKINGS = "rankings=";
    private static final String LAKE = "lake";

    private JobsRun() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        List<String> names =
                task.options().stream()
                        .filter(option -> option.equals(ARCHIVE) || option.startsWith(RANKINGS))
                        .toList();
        try (ContenderFlink flink = ContenderFlink.start(task, names.size())) {
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
                    Measurement.of(
                            task.events(),
                            () -> flink.run(jobs.toArray(StreamExecutionEnvironment[]::new))));
        }
        // A thread that has read files may miss that it is to end (FLINK-40660), and is no daemon.
        System.exit(0);
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
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + task.bootstrapServers(),
                                "--rankings-topic=" + task.outputTopic(),
                                "--dimensions=" + dimensions,
                                "--bounded"));
        if (task.options().contains(LAKE)) {
            arguments.addAll(List.of("--source=lake", "--lake=" + task.inputLake()));
        } else {
            arguments.add("--topic=" + task.topic());
        }
        RankingsJob.define(environment, Map.of(), arguments.toArray(String[]::new));
    }
}
