package io.github.wikiflow.benchmarks.limits;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Two consumers that parse every field of what they read, with the archive's parser. */
public final class ParsedConsumption {

    private ParsedConsumption() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        Report.settings(Map.of("consumers", "2"));
        Report.measurement(
                Measurement.ofWork(
                        task.events(), () -> Consumers.read(task, 2, ParsedConsumption::parsing)));
    }

    private static Consumer<ConsumerRecord<byte[], byte[]>> parsing() {
        WikiChangeParser parser = new WikiChangeParser();
        return record -> {
            try {
                parser.parse(record.value());
            } catch (MalformedChange e) {
                throw new IllegalStateException(e);
            }
        };
    }
}
