package io.github.wikiflow.quickstart;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./wikiflow up}: the whole pipeline in this process, until it is stopped. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = {
            "Start Kafka, Flink, the bridge, both jobs and the dashboard in one process.",
            "Ctrl-C stops it; the next start goes on where it stopped, also after a kill."
        })
final class UpCommand implements Callable<Integer> {

    @Mixin private ClusterOptions cluster;
    @Mixin private SourceOptions source;

    @Option(
            names = "--dashboard-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the dashboard; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int dashboardPort;

    @Option(
            names = "--dashboard-host",
            paramLabel = "ADDRESS",
            defaultValue = LocalPort.HOST,
            description =
                    "Address on which the dashboard listens (default: ${DEFAULT-VALUE}). There is no login:"
                            + " on 0.0.0.0 everyone who reaches the machine can read it.")
    private String dashboardHost;

    @Option(
            names = "--bridge-port",
            paramLabel = "PORT",
            defaultValue = "8082",
            description =
                    "Port of the bridge's /metrics and /healthz; 0 takes a free one"
                            + " (default: ${DEFAULT-VALUE}).")
    private int bridgePort;

    @Option(
            names = "--file-interval",
            paramLabel = "DURATION",
            defaultValue = "1min",
            description =
                    "How long a row waits at most for its file in the lake: short makes it fresh, long makes"
                            + " fewer and larger files (default: ${DEFAULT-VALUE}).")
    private String fileInterval;

    @Override
    public Integer call() throws Exception {
        source.validate();
        cluster.requireFreePorts();
        LocalPort.requireFree(dashboardHost, dashboardPort, "--dashboard-port");
        LocalPort.requireFree(bridgePort, "--bridge-port");
        PrintStream console = System.out;
        console.println("Starting ...");
        EventSource chosen = EventSource.choose(source, cluster.data(), console);
        Pipeline pipeline =
                Pipeline.start(
                        cluster.openData(chosen.folder()),
                        cluster,
                        chosen,
                        new InetSocketAddress(dashboardHost, dashboardPort),
                        bridgePort,
                        fileInterval,
                        console);
        Map<String, String> addresses = addresses(pipeline);
        RunningProcess.write(pipeline.cluster().data().root(), addresses);
        console.println();
        addresses.forEach((part, address) -> console.printf("%-14s %s%n", part, address));
        console.printf(
                """
                Source         %s: %s

                Stop with Ctrl-C.
                """,
                chosen.kind().label(), chosen.description());
        UntilStopped.await(pipeline, pipeline.failure(), console);
        return 1;
    }

    /** By {@link RunningProcess#PARTS}. */
    private static Map<String, String> addresses(Pipeline pipeline) {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("Dashboard", pipeline.dashboard().toString());
        addresses.put("Flink web UI", pipeline.cluster().flink().address().toString());
        addresses.put("Kafka", pipeline.cluster().kafka().bootstrapServers());
        addresses.put("Bridge", pipeline.bridge() + "/metrics");
        addresses.put("Lake", pipeline.cluster().data().lake().toString());
        addresses.put("Log", pipeline.cluster().data().log().toString());
        return addresses;
    }
}
