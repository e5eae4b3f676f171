package io.github.wikiflow.quickstart;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code ./wikiflow cluster}: Kafka and an empty Flink cluster, for people who submit jobs
 * themselves.
 */
@Command(
        name = "cluster",
        mixinStandardHelpOptions = true,
        description = "Start Kafka and an empty Flink cluster in one process.")
final class ClusterCommand implements Callable<Integer> {

    @Mixin private ClusterOptions options;

    @Override
    public Integer call() throws Exception {
        options.requireFreePorts();
        LocalCluster cluster =
                LocalCluster.start(options.openData("cluster"), options, Home.configuration());
        System.out.printf(
                """
                Flink web UI   %s
                Kafka          %s
                Data folder    %s

                Submit a job:  ./wikiflow flink run -d -m %s:%d <jar> [options]
                Stop with Ctrl-C.
                """,
                cluster.flink().address(),
                cluster.kafka().bootstrapServers(),
                cluster.data().root(),
                cluster.flink().address().getHost(),
                cluster.flink().address().getPort());
        UntilStopped.await(cluster, new CompletableFuture<>(), System.out);
        return 0;
    }
}
