package io.github.wikiflow.quickstart;

import java.nio.file.Path;
import java.util.concurrent.Callable;
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
    public Integer call() throws InterruptedException {
        LocalCluster cluster = LocalCluster.start(options, home());
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
        UntilStopped.await(cluster, System.out);
        return 0;
    }

    /** The folder of wikiflow itself, which the launcher names. */
    static Path home() {
        return Path.of(System.getProperty("wikiflow.home", ".")).toAbsolutePath().normalize();
    }
}
