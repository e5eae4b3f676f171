package io.github.wikiflow.benchmarks.archive;

import io.github.wikiflow.archive.ArchiveJob;
import io.github.wikiflow.benchmarks.Measurement;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Drains a topic into a lake, in a MiniCluster of this JVM with two slots. Arguments: bootstrap
 * servers, topic, number of events, a folder, the size of the managed memory.
 */
public final class ArchiveRun {

    private static final int PARALLELISM = 2;

    private ArchiveRun() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[3]);
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, PARALLELISM);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.parse(arguments[4]));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
        ArchiveJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + arguments[0],
                "--topic=" + arguments[1],
                "--lake=" + folder.resolve("lake"),
                "--bounded");
        Measurement measurement =
                Measurement.of(
                        Long.parseLong(arguments[2]),
                        () -> environment.execute().getNetRuntime() / 1e3);
        System.out.println(measurement.toLine());
    }
}
