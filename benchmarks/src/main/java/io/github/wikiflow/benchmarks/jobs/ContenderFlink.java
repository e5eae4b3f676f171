package io.github.wikiflow.benchmarks.jobs;

import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A Flink cluster in this JVM, with two slots for each of the jobs that run at the same time. */
final class ContenderFlink implements AutoCloseable {

    /** Settings that begin so are Flink's; the benchmark's user chose them. */
    private static final String FLINK_SETTING = "flink.";

    private final Configuration configuration;
    private final MiniCluster cluster;

    private ContenderFlink(Configuration configuration, MiniCluster cluster) {
        this.configuration = configuration;
        this.cluster = cluster;
    }

    /**
     * Starts the cluster, and says by which settings.
     *
     * @param jobs how many run at the same time
     */
    static ContenderFlink start(Task task, int jobs) throws Exception {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("parallelism.default", "2");
        settings.put("taskmanager.memory.managed.size", 256 * jobs + "m");
        // As shipped: a thread that has read files may miss that it is to end (FLINK-40660).
        settings.put("source.reader.close.timeout", "3000");
        // A benchmark is to fail where a job would start again for ever.
        settings.put("restart-strategy.type", "none");
        for (String option : task.options()) {
            if (option.startsWith(FLINK_SETTING)) {
                String[] parts = option.substring(FLINK_SETTING.length()).split("=", 2);
                settings.put(parts[0], parts[1]);
            }
        }
        int slots = jobs * Integer.parseInt(settings.get("parallelism.default"));
        settings.put("taskmanager.numberOfTaskSlots", Integer.toString(slots));
        Report.settings(settings);
        Configuration configuration = Configuration.fromMap(settings);
        configuration.setString(
                "execution.checkpointing.dir", new Path(task.checkpoints().toUri()).toString());
        configuration.setString("rest.bind-port", "0");
        configuration.setString("rest.bind-address", "127.0.0.1");
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        cluster.start();
        return new ContenderFlink(configuration, cluster);
    }

    /** An environment to define a job in. */
    StreamExecutionEnvironment environment() {
        return new StreamExecutionEnvironment(configuration);
    }

    /**
     * Runs jobs at the same time, until the last of them has ended.
     *
     * @return the seconds that the longest took, as Flink itself counts them
     */
    double run(StreamExecutionEnvironment... jobs) throws Exception {
        List<CompletableFuture<JobResult>> results = new ArrayList<>();
        for (StreamExecutionEnvironment job : jobs) {
            results.add(
                    cluster.submitJob(job.getStreamGraph())
                            .thenCompose(
                                    submitted -> cluster.requestJobResult(submitted.getJobID())));
        }
        double longest = 0;
        for (CompletableFuture<JobResult> result : results) {
            long millis =
                    result.get()
                            .toJobExecutionResult(ContenderFlink.class.getClassLoader())
                            .getNetRuntime();
            longest = Math.max(longest, millis / 1e3);
        }
        return longest;
    }

    @Override
    public void close() {
        cluster.closeAsync().join();
    }
}
