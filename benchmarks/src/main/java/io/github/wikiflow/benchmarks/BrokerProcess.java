package io.github.wikiflow.benchmarks;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Path;

/** A broker with its data in the folder of the first argument, until the input ends. */
public final class BrokerProcess {

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]))) {
            System.out.println(kafka.bootstrapServers());
            while (System.in.read() >= 0) {
                // Nothing is said to it before the end.
            }
        }
    }
}
