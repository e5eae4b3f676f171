package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the local cluster keeps its data and on which ports of 127.0.0.1 it is reached. */
final class ClusterOptions {

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            description =
                    "Folder for everything that is kept, in a folder for each kind of source"
                            + " (default: ./${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of Kafka; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--flink-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description =
                    "Port of Flink's web UI and REST API; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int flinkPort;

    /**
     * Checks that both ports can be had.
     *
     * @throws OperationException if one is taken
     */
    void requireFreePorts() {
        LocalPort.requireFree(kafkaPort, "--kafka-port");
        LocalPort.requireFree(flinkPort, "--flink-port");
    }

    /** The folder for the data of every kind, as {@code --data} names it, absolute. */
    Path data() {
        return data.toAbsolutePath().normalize();
    }

    /**
     * Opens the data folder, and from now on logs into it.
     *
     * @param holds what it is for
     * @throws OperationException if it is in use or cannot be written
     */
    DataFolder openData(String holds) {
        DataFolder folder = DataFolder.open(data, holds);
        LogFile.use(folder.log(), Home.configuration());
        KafkaEnd.sayOn(System.out, folder);
        return folder;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    int flinkPort() {
        return flinkPort;
    }
}
