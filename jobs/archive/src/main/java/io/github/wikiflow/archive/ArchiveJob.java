package io.github.wikiflow.archive;

import io.github.wikiflow.archive.lake.LakeSink;
import io.github.wikiflow.events.kafka.KafkaNeeds;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.jobs.ChangesInput;
import io.github.wikiflow.jobs.CheckpointDefaults;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.acl.AclOperation;

/** The archive as a Flink job: reads options, wires source, {@link ArchiveTopology} and sinks. */
public final class ArchiveJob {

    static final String READ_CHANGES = "read-changes";
    static final String COMMIT_FILES = "commit-files";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private ArchiveJob() {}

    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        ArchiveOptions options = new ArchiveOptions();
        if (define(environment, options, System.getenv(), arguments)) {
            environment.execute(options.name());
        }
    }

    /**
     * Adds the whole job to the environment, for the caller to execute.
     *
     * @param variables the environment variables that stand in for missing options
     * @return false if only help or the version was asked for, which has been printed
     * @throws org.apache.flink.client.program.ProgramParametrizationException with one line that
     *     names option, value and remedy
     */
    public static boolean define(
            StreamExecutionEnvironment environment,
            Map<String, String> variables,
            String... arguments) {
        return define(environment, new ArchiveOptions(), variables, arguments);
    }

    private static boolean define(
            StreamExecutionEnvironment environment,
            ArchiveOptions options,
            Map<String, String> variables,
            String... arguments) {
        if (!JobCommand.parse(options, variables, arguments)) {
            return false;
        }
        JobCommand.show(environment, arguments);
        return JobCommand.validated(
                () -> {
                    options.input().requireEnd(environment.getConfiguration());
                    needs(options).meet(options.input().clientProperties());
                    archive(changes(environment, options), options);
                    return true;
                });
    }

    private static KafkaNeeds needs(ArchiveOptions options) {
        return new KafkaNeeds(true)
                .input("--topic", options.input().topic())
                .topic(Topic.DEAD_LETTERS, options.deadLetterTopic(), AclOperation.WRITE)
                .group(options.name())
                .transactionalIds(options.name());
    }

    /** What the job reads. */
    static DataStream<RawChange> changes(
            StreamExecutionEnvironment environment, ArchiveOptions options) {
        CheckpointDefaults.apply(environment);
        environment.configure(pipelineSettings());
        return environment
                .fromSource(
                        options.input().source(options.name()),
                        WatermarkStrategy.noWatermarks(),
                        READ_CHANGES)
                .uid(READ_CHANGES);
    }

    /** What the job does with it. */
    static void archive(DataStream<RawChange> changes, ArchiveOptions options) {
        ChangesInput input = options.input();
        ArchiveTopology topology =
                ArchiveTopology.build(
                        changes, input.topic(), input.futureTolerance(), options.files());
        topology.files().sinkTo(new LakeSink(options.lake())).name(COMMIT_FILES).uid(COMMIT_FILES);
        topology.deadLetters()
                .sinkTo(deadLetters(options))
                .name(WRITE_DEAD_LETTERS)
                .uid(WRITE_DEAD_LETTERS);
    }

    /** Events are immutable, so operators of one chain may pass them on without copying. */
    private static Configuration pipelineSettings() {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return settings;
    }

    private static KafkaSink<DeadLetter> deadLetters(ArchiveOptions options) {
        ChangesInput input = options.input();
        KafkaSinkBuilder<DeadLetter> builder =
                KafkaSink.<DeadLetter>builder()
                        .setKafkaProducerConfig(input.producerProperties())
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix(options.name())
                        .setRecordSerializer(
                                new DeadLetterRecord(options.deadLetterTopic(), input.topic()));
        return builder.build();
    }
}
