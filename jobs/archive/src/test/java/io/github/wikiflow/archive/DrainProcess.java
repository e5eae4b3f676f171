package io.github.wikiflow.archive;

import java.util.Arrays;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Archives a whole topic in a JVM of its own, with two slots. Arguments: bytes of managed memory,
 * of network memory, checkpoint folder, and the archive's options.
 */
final class DrainProcess {

    private static final int SLOTS = 2;

    private DrainProcess() {}

    public static void main(String[] arguments) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        configuration.set(
                TaskManagerOptions.MANAGED_MEMORY_SIZE,
                new MemorySize(Long.parseLong(arguments[0])));
        MemorySize network = new MemorySize(Long.parseLong(arguments[1]));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, network);
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, network);
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, arguments[2]);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(SLOTS, configuration);
        ArchiveJob.define(
                environment, Map.of(), Arrays.copyOfRange(arguments, 3, arguments.length));
        environment.execute();
    }
}
