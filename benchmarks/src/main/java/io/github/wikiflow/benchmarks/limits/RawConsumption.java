package io.github.wikiflow.benchmarks.limits;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.util.Map;

/** Two consumers that read and throw away: what Kafka's client allows. */
public final class RawConsumption {

    private RawConsumption() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        Report.settings(Map.of("consumers", "2"));
        Report.measurement(
                Measurement.ofWork(
                        task.events(), () -> Consumers.read(task, 2, () -> record -> {})));
    }
}
