package io.github.wikiflow.benchmarks.bridge;

import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.util.concurrent.CountDownLatch;

/**
 * A simulated stream with a backlog in memory, as many events as the first argument says. Writes
 * its address when it is ready.
 */
final class BacklogServer {

    private BacklogServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        InMemoryLog log = new InMemoryLog();
        for (GeneratedEvent event :
                new EventLog(Workload.clean()).events(0, Integer.parseInt(arguments[0]))) {
            log.append(DataCentre.EQIAD, event.sourceTime(), event.json());
        }
        try (SimulatedEventStreams server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log)
                                .start(Start.BEGINNING)
                                .connectionsPerAddress(10)
                                .closeAtEnd(true)
                                .build())) {
            System.out.println(server.uri());
            new CountDownLatch(1).await();
        }
    }
}
