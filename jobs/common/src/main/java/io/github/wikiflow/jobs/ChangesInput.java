package io.github.wikiflow.jobs;

import io.github.wikiflow.events.kafka.KafkaOptions;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.time.Duration;
import java.util.Properties;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a job reads and how far: a picocli mixin that all jobs share, and the Kafka source made of
 * it.
 */
public final class ChangesInput {

    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    /**
     * Between Kafka's default of 500, which makes a backlog many polls and handovers between
     * threads, and as many as a fetch brings, some 4,000: what is on its way from one thread to the
     * other is copied by each young collection.
     */
    private static final String RECORDS_PER_POLL = "700";

    /**
     * Nobody notices so short a delay, and a backlog's late changes, which come one by one, then
     * share requests.
     */
    private static final String LINGER_MILLIS = "50";

    /**
     * How long a broker holds back an answer in case more comes. To the end of a bounded input
     * nothing more comes, and a consumer that closes waits for the answer to its last question:
     * Kafka's half a second would be lost at the end of each job.
     */
    private static final String BOUNDED_FETCH_WAIT_MILLIS = "50";

    /** Lets the system grow the socket's buffer; Kafka's 64 kB stop the sender all the time. */
    private static final String SYSTEM_DEFAULT = "-1";

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes",
            description = "Topic of raw changes to read (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--accept-new-topic",
            description =
                    "Go on from a checkpoint although the topic is not the one that it was made from,"
                            + " or has lost its end: at the checkpoint's offsets where there are such,"
                            + " elsewhere from the beginning. For one start; leave it out afterwards.")
    private boolean acceptNewTopic;

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
     * and Flink reports the same metrics. Nor do they put them into JMX unless the user says so: a
     * client would register itself there anew with each of its hundreds of metrics.
     */
    public Properties clientProperties() {
        Properties properties = kafka.clientProperties();
        properties.setProperty("enable.metrics.push", "false");
        properties.putIfAbsent(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        return properties;
    }

    /**
     * The settings of a job's Kafka producers. Unless the user says otherwise, their transactions
     * may stay open as long as brokers allow by default, since one that times out while the job
     * restarts loses what it holds; the sink's own default is above that.
     */
    public Properties producerProperties() {
        Properties properties = clientProperties();
        properties.putIfAbsent(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(TRANSACTION_TIMEOUT.toMillis()));
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
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

    /**
     * Checks that a bounded job starts anew. One that goes on from a savepoint would never end:
     * Flink's Kafka source tells restored readers neither where to stop, if the savepoint is of an
     * endless job, nor that nothing more will come (FLINK-31006, open in connector 5.0.0).
     *
     * @param configuration of the job's submission
     * @throws UsageException if it is bounded and has a savepoint to go on from
     */
    public void requireEnd(ReadableConfig configuration) {
        String savepoint = configuration.get(StateRecoveryOptions.SAVEPOINT_PATH);
        if (bounded && savepoint != null) {
            throw new UsageException(
                    "--bounded: a job that goes on from the savepoint '%s' would not end; leave out --bounded and stop it when it has caught up, or start without a savepoint"
                            .formatted(savepoint));
        }
    }

    /** How far a change's timestamp may lie after its Kafka record time. */
    public Duration futureTolerance() {
        return futureTolerance;
    }

    /**
     * The source, from the earliest offset when there is no checkpoint or savepoint to go on from.
     *
     * @param groupId the consumer group under which an endless job commits offsets, for lag
     *     monitoring only
     */
    public KafkaSource<RawChange> source(String groupId) {
        return source(groupId, ByteArrayDeserializer.class, new RawChangeDeserializer());
    }

    /** What makes sure that a job goes on in the topic where it was. */
    public <T extends TopicPlace> CheckPositions<T> checkPositions() {
        return new CheckPositions<>(topic, clientProperties(), acceptNewTopic);
    }

    /**
     * As {@link #source(String)}, for a job that makes something else of each record within the
     * source.
     *
     * @param valueDeserializer makes each record's value in the thread that fetches it
     * @param deserializer makes an element of the record in the task
     */
    public <T> KafkaSource<T> source(
            String groupId,
            Class<? extends Deserializer<byte[]>> valueDeserializer,
            KafkaRecordDeserializationSchema<T> deserializer) {
        Properties properties = clientProperties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, valueDeserializer.getName());
        properties.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        properties.putIfAbsent(ConsumerConfig.RECEIVE_BUFFER_CONFIG, SYSTEM_DEFAULT);
        KafkaSourceBuilder<T> builder =
                KafkaSource.<T>builder()
                        .setProperties(properties)
                        .setGroupId(groupId)
                        .setTopics(topic)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setDeserializer(deserializer);
        if (bounded) {
            // The group's offsets are those of the job that runs without end, whose lag they show.
            builder.setBounded(OffsetsInitializer.latest())
                    .setProperty(KafkaSourceOptions.COMMIT_OFFSETS_ON_CHECKPOINT.key(), "false")
                    .setProperty(
                            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                            properties.getProperty(
                                    ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                                    BOUNDED_FETCH_WAIT_MILLIS));
        }
        return builder.build();
    }
}
