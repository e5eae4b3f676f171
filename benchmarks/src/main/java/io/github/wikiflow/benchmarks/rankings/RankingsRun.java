package io.github.wikiflow.benchmarks.rankings;

import io.github.wikiflow.rankings.RankingsJob;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The rankings job over all of a topic, in a MiniCluster of this JVM with two slots. */
final class RankingsRun {

    private static final int PARALLELISM = 2;

    private RankingsRun() {}

    /** Returns the job's seconds, as a cluster's client shows them. */
    static double run(String bootstrapServers, String topic, String dimensions) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        RankingsJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + bootstrapServers,
                "--topic=" + topic,
                "--dimensions=" + dimensions,
                "--bounded");
        return environment.execute(RankingsJob.NAME).getNetRuntime() / 1e3;
    }
}
