package io.github.wikiflow.jobs;

import io.github.wikiflow.events.kafka.KafkaOptions;
import io.github.wikiflow.events.options.DurationConverter;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a job reads and how far: a picocli mixin that all jobs share, and the Kafka source made of
 * it.
 */
public final class ChangesInput {

    /**
     * What a poll hands over at once: four times the client's default, since each batch crosses
     * from the source's thread to the task's. Some batches are in flight, of some megabytes each.
     */
    private static final String RECORDS_PER_POLL = "2000";

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes",
            description = "Topic of raw changes to read (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--bounded",
            description =
                    "Read up to the offsets present at the start, finish everything and end;"
                            + " without it the job runs without end.")
    private boolean bounded;

    @Option(
            names = "--future-tolerance",
            paramLabel = "DURATION",
            defaultValue = "1min",
            converter = DurationConverter.class,
            description =
                    "How far a change's timestamp may lie after its Kafka record time;"
                            + " beyond it the change is rejected (default: ${DEFAULT-VALUE}).")
    private Duration futureTolerance;

    /** How to reach Kafka. */
    public KafkaOptions kafka() {
        return kafka;
    }

    /**
     * The settings of a job's Kafka clients. They push no metrics of their own to brokers that ask
     * for them: the classes for it make up a sixth of Kafka's client, job jars may leave them out,
     * and Flink reports the same metrics.
     */
    public Properties clientProperties() {
        Properties properties = kafka.clientProperties();
        properties.setProperty("enable.metrics.push", "false");
        return properties;
    }

    /** The topic of raw changes. */
    public String topic() {
        return topic;
    }

    /** Whether the job ends at the offsets present at its start. */
    public boolean bounded() {
        return bounded;
    }

    /** How far a change's timestamp may lie after its Kafka record time. */
    public Duration futureTolerance() {
        return futureTolerance;
    }

    /**
     * The source, from the earliest offset when there is no checkpoint or savepoint to go on from.
     *
     * @param groupId the consumer group under which offsets are committed, for lag monitoring only
     */
    public KafkaSource<RawChange> source(String groupId) {
        return source(groupId, new RawChangeDeserializer());
    }

    /**
     * As {@link #source(String)}, for a job that makes something else of each record within the
     * source.
     */
    public <T> KafkaSource<T> source(
            String groupId, KafkaRecordDeserializationSchema<T> deserializer) {
        Properties properties = clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        KafkaSourceBuilder<T> builder =
                KafkaSource.<T>builder()
                        .setProperties(properties)
                        .setGroupId(groupId)
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(deserializer);
        if (bounded) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }
}
