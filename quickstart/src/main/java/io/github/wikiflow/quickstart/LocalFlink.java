package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.util.ExceptionUtils;

/**
 * A Flink cluster inside this JVM, with the web UI and REST API of a real one, so that jars are
 * submitted to it in the same ways. Its settings are those of {@code config.yaml}, with folders and
 * addresses of this machine.
 */
final class LocalFlink implements AutoCloseable {

    /** Two for each of the pipeline's jobs, and as many again for jobs that people upload. */
    private static final int SLOTS = 8;

    private static final long STOP_SECONDS = 6;

    private final MiniCluster cluster;
    private final Configuration client;
    private final URI address;

    private LocalFlink(MiniCluster cluster, Configuration client, URI address) {
        this.cluster = cluster;
        this.client = client;
        this.address = address;
    }

    /**
     * Starts the cluster.
     *
     * @param configurationFolder the folder of {@code config.yaml}
     * @param port of the web UI and REST API on 127.0.0.1; 0 for a free one
     * @throws OperationException if the port is taken
     */
    static LocalFlink start(Path configurationFolder, DataFolder data, int port) {
        Configuration configuration =
                GlobalConfiguration.loadConfiguration(configurationFolder.toString());
        String loopback = "127.0.0.1";
        configuration.set(RestOptions.ADDRESS, loopback);
        configuration.set(RestOptions.BIND_ADDRESS, loopback);
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        configuration.set(JobManagerOptions.BIND_HOST, loopback);
        configuration.set(TaskManagerOptions.BIND_HOST, loopback);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, FlinkPath.text(data.checkpoints()));
        configuration.set(
                CheckpointingOptions.SAVEPOINT_DIRECTORY, FlinkPath.text(data.savepoints()));
        configuration.set(WebOptions.TMP_DIR, data.flinkTemporary().toString());
        configuration.set(WebOptions.LOG_PATH, data.log().toString());
        configuration.set(CoreOptions.TMP_DIRS, data.flinkTemporary().toString());
        configuration.set(BlobServerOptions.STORAGE_DIRECTORY, data.flinkTemporary().toString());
        // One JVM has one heap: the sizes of separate processes in config.yaml do not apply.
        configuration.removeConfig(TaskManagerOptions.TOTAL_PROCESS_MEMORY);
        configuration.removeConfig(JobManagerOptions.TOTAL_PROCESS_MEMORY);

        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        try {
            cluster.start();
            URI address = cluster.getRestAddress().get(30, TimeUnit.SECONDS);
            Configuration client = new Configuration(configuration);
            client.set(RestOptions.ADDRESS, address.getHost());
            client.set(RestOptions.PORT, address.getPort());
            return new LocalFlink(cluster, client, address);
        } catch (Exception e) {
            cluster.closeAsync();
            if (ExceptionUtils.findThrowable(e, BindException.class).isPresent()) {
                throw new OperationException(
                        "port %d on %s is taken; free it or choose another with --flink-port"
                                .formatted(port, loopback),
                        e);
            }
            throw new OperationException("Flink did not start: " + e, e);
        }
    }

    /** The web UI and REST API. */
    URI address() {
        return address;
    }

    /** What a client needs to submit a job to this cluster. */
    Configuration clientConfiguration() {
        return new Configuration(client);
    }

    /** Stops the cluster; the jobs' last checkpoints stay. */
    @Override
    public void close() throws IOException {
        try {
            cluster.closeAsync().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink did not stop cleanly: " + e, e);
        }
    }
}
