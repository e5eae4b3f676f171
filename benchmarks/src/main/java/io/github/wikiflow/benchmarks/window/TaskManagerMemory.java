package io.github.wikiflow.benchmarks.window;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** What Flink makes of a TaskManager's process size, for a JVM that stands in for one. */
record TaskManagerMemory(TaskExecutorProcessSpec sizes, String backend) {

    private static final String ON_HEAP = "hashmap";

    /**
     * @param processSize {@code taskmanager.memory.process.size}
     * @param backend {@code hashmap}, which needs no managed memory and gets none, or {@code
     *     rocksdb}
     */
    static TaskManagerMemory of(String processSize, String backend) {
        Configuration configuration = new Configuration();
        configuration.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse(processSize));
        if (backend.equals(ON_HEAP)) {
            configuration.set(TaskManagerOptions.MANAGED_MEMORY_FRACTION, 0f);
        }
        return new TaskManagerMemory(
                TaskExecutorProcessUtils.processSpecFromConfig(configuration), backend);
    }

    /** The limits of heap, direct memory and classes. */
    List<String> jvmOptions() {
        return List.of(ProcessMemoryUtils.generateJvmParametersStr(sizes).trim().split("\\s+"));
    }

    /** The backend, and the sizes that a local cluster does not derive by itself. */
    Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, sizes.getManagedMemorySize());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, sizes.getNetworkMemSize());
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, sizes.getNetworkMemSize());
        return configuration;
    }
}
