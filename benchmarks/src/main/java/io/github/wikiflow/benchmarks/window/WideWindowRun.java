package io.github.wikiflow.benchmarks.window;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.rankings.RankingsJob;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The rankings job over a topic, in a Flink of this JVM, which also does the master's work. */
final class WideWindowRun {

    private static final int PARALLELISM = 2;
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(5);

    private WideWindowRun() {}

    /**
     * Runs, and writes its measurement: bootstrap servers, topic, events in it, topic to write,
     * dimensions, process size, backend, folder of checkpoints.
     */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration =
                TaskManagerMemory.of(arguments[5], arguments[6]).configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, arguments[7]);
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        RankingsJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + arguments[0],
                "--topic=" + arguments[1],
                "--rankings-topic=" + arguments[3],
                "--dimensions=" + arguments[4],
                "--bounded");
        Measurement.Run run = () -> environment.execute(RankingsJob.NAME).getNetRuntime() / 1e3;
        System.out.println(Measurement.of(Long.parseLong(arguments[2]), run).toLine());
    }
}
