package io.github.wikiflow.faults.process;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A broker whose data is in the folder of the first argument, on the port of the second. It stops
 * cleanly when it is told to, and with whoever holds its input.
 */
public final class BrokerProcess {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    // Shorter than the pauses of an attack: the controller gives the broker up.
                    "broker.session.timeout.ms", "3000",
                    "broker.heartbeat.interval.ms", "500",
                    // A long run deletes what it has read.
                    "log.initial.task.delay.ms", "30000",
                    "log.retention.check.interval.ms", "30000");

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedKafka kafka =
                EmbeddedKafka.start(
                        Path.of(arguments[0]), Integer.parseInt(arguments[1]), SETTINGS);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "stop"));
        while (System.in.read() >= 0) {
            // Nothing is said to it before the end.
        }
        System.exit(0);
    }
}
