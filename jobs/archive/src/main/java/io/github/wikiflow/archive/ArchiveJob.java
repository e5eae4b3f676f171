package io.github.wikiflow.archive;

import io.github.wikiflow.archive.lake.LakeSink;
import io.github.wikiflow.events.kafka.KafkaNeeds;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.jobs.ChangesInput;
import io.github.wikiflow.jobs.CheckPositions;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.acl.AclOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archive as a Flink job: reads options, wires source, {@link ArchiveTopology} and sinks. */
public final class ArchiveJob {

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveJob.class);

    static final String READ_CHANGES = "read-changes";
    static final String COMMIT_FILES = "commit-files";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private static final String NO_HIGH_AVAILABILITY =
            HighAvailabilityOptions.HA_MODE.defaultValue();

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
                    requireNewLakeWithoutState(environment.getConfiguration(), options);
                    archive(changes(environment, options), options);
                    return true;
                });
    }

    private static KafkaNeeds needs(ArchiveOptions options) {
        return new KafkaNeeds(true)
                .input("--topic", options.input().topic())
                .topic(Topic.DEAD_LETTERS, options.deadLetterTopic(), AclOperation.WRITE)
                .group(options.name());
    }

    /**
     * Refuses at once what would fail on the cluster, see {@link LakeSink}. With high availability
     * nobody can tell here whether the cluster has a checkpoint of the job, nor of a file system
     * that only the cluster knows what is on it; there it is checked in any case.
     */
    private static void requireNewLakeWithoutState(
            ReadableConfig configuration, ArchiveOptions options) {
        if (configuration.get(StateRecoveryOptions.SAVEPOINT_PATH) == null
                && NO_HIGH_AVAILABILITY.equalsIgnoreCase(
                        configuration.get(HighAvailabilityOptions.HA_MODE))) {
            try {
                LakeSink.requireNewLake(options.lake());
            } catch (UnsupportedFileSystemSchemeException e) {
                LOG.debug("{} is checked on the cluster", options.lake(), e);
            } catch (IOException e) {
                throw new OperationException(e.getMessage(), e);
            }
        }
    }

    /** What the job reads. */
    static DataStream<RawChange> changes(
            StreamExecutionEnvironment environment, ArchiveOptions options) {
        environment.configure(settings(options));
        return environment
                .fromSource(
                        options.input().source(options.name()),
                        WatermarkStrategy.noWatermarks(),
                        READ_CHANGES)
                .uid(READ_CHANGES)
                .filter(options.input().checkPositions())
                .name(CheckPositions.NAME)
                .uid(CheckPositions.NAME);
    }

    /** What the job does with it. */
    static void archive(DataStream<RawChange> changes, ArchiveOptions options) {
        ChangesInput input = options.input();
        ArchiveTopology topology =
                ArchiveTopology.build(
                        changes,
                        input.topic(),
                        input.futureTolerance(),
                        options.files().rows(),
                        options.fileInterval());
        topology.rows()
                .sinkTo(new LakeSink(options.lake(), options.files(), options.rewindLake()))
                .name(COMMIT_FILES)
                .uid(COMMIT_FILES);
        topology.deadLetters()
                .sinkTo(deadLetters(options))
                .name(WRITE_DEAD_LETTERS)
                .uid(WRITE_DEAD_LETTERS);
    }

    /**
     * What the job asks for whatever the cluster's configuration says: its checkpoints are what
     * commits files, and they must be aligned, as no row may pass a checkpoint on its way to the
     * lake. Events are immutable, so operators of one chain may pass them on without copying.
     */
    private static Configuration settings(ArchiveOptions options) {
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, options.fileInterval());
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        return settings;
    }

    /**
     * At least once, as a transaction could end before a checkpoint does: then what it holds would
     * be lost. Where a letter comes from is in its headers, so that one that is there twice can be
     * told.
     */
    private static KafkaSink<DeadLetter> deadLetters(ArchiveOptions options) {
        ChangesInput input = options.input();
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(input.producerProperties())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new DeadLetterRecord(options.deadLetterTopic(), input.topic()))
                .build();
    }
}
