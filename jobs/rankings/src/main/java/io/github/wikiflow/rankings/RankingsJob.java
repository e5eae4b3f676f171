package io.github.wikiflow.rankings;

import io.github.wikiflow.events.kafka.KafkaNeeds;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.jobs.CheckPositions;
import io.github.wikiflow.jobs.CheckpointDefaults;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeDeserializer;
import io.github.wikiflow.rankings.change.LateChangeRecords;
import io.github.wikiflow.rankings.change.SummarizingDeserializer;
import io.github.wikiflow.rankings.lake.LakeTopology;
import io.github.wikiflow.rankings.rank.RankingRecords;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.acl.AclOperation;

/**
 * Ranks the changes of a Kafka topic: {@code wiki-changes -> rankings -> wiki-rankings}, and {@code
 * wiki-changes-late} for what came too late. Or those of the lake, where what came too late stays.
 */
public final class RankingsJob {

    /** The job's name in Flink, and its consumer group in Kafka, unless it is given another. */
    public static final String NAME = "wikiflow-rankings";

    /** The name of a job that reads the lake, which may run beside the other. */
    public static final String NAME_FROM_LAKE = NAME + "-from-lake";

    static final String CHANGES = "changes";
    static final String RANKINGS_TOPIC = "rankings-topic";
    static final String LATE_TOPIC = "late-topic";

    private RankingsJob() {}

    /** Submits the job; {@code --help} lists the options. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        if (define(environment, System.getenv(), arguments)) {
            environment.execute();
        }
    }

    /**
     * Adds the job's graph to an environment, without executing it.
     *
     * @param variables the environment variables that stand in for missing options
     * @throws ProgramParametrizationException with one line if options are wrong, or Kafka or the
     *     lake cannot be reached
     * @return false if only help or the version was asked for, which has been printed
     */
    public static boolean define(
            StreamExecutionEnvironment environment,
            Map<String, String> variables,
            String... arguments) {
        RankingsOptions options = new RankingsOptions();
        if (!JobCommand.parse(options, variables, arguments)) {
            return false;
        }
        JobCommand.show(environment, arguments);
        RankingsSettings settings = JobCommand.validated(options::settings);
        JobCommand.validated(() -> prepare(environment, options));
        configure(environment, options);
        switch (options.source()) {
            case KAFKA -> {
                DataStream<Change> changes = read(environment, options, settings);
                write(RankingsTopology.of(changes, settings), options);
            }
            case LAKE -> {
                DataStream<Change> admitted = readLake(environment, options, settings);
                writeRankings(RankingsTopology.rankings(admitted, settings), options);
            }
        }
        return true;
    }

    /** Makes sure that what the job reads and writes is there, and that it may use it. */
    private static RankingsOptions prepare(
            StreamExecutionEnvironment environment, RankingsOptions options) {
        KafkaNeeds needs =
                new KafkaNeeds(true)
                        .topic(Topic.RANKINGS, options.rankingsTopic(), AclOperation.WRITE);
        boolean transactions = options.delivery() == DeliveryGuarantee.EXACTLY_ONCE;
        if (transactions) {
            needs.transactionalIds(transactionalIdPrefix(options, RANKINGS_TOPIC));
        }
        switch (options.source()) {
            case KAFKA -> {
                options.input().requireEnd(environment.getConfiguration());
                needs.input("--topic", options.input().topic())
                        .topic(Topic.LATE, options.lateTopic(), AclOperation.WRITE)
                        .group(options.name());
                if (transactions) {
                    needs.transactionalIds(transactionalIdPrefix(options, LATE_TOPIC));
                }
            }
            case LAKE -> options.lake().requireLake(options.input().bounded());
        }
        needs.meet(options.input().clientProperties());
        return options;
    }

    private static String transactionalIdPrefix(RankingsOptions options, String sink) {
        return options.name() + "-" + sink;
    }

    /** Sets what the job relies on. */
    static void configure(StreamExecutionEnvironment environment, RankingsOptions options) {
        environment.configure(pipelineSettings(options.name()));
        if (options.source() == RankingsSource.LAKE && options.input().bounded()) {
            environment.setRuntimeMode(RuntimeExecutionMode.BATCH);
        } else {
            CheckpointDefaults.apply(environment);
        }
    }

    /** Adds the lake that changes come from, up to those that were in time. */
    static DataStream<Change> readLake(
            StreamExecutionEnvironment environment,
            RankingsOptions options,
            RankingsSettings settings) {
        return options.input().bounded()
                ? LakeTopology.bounded(
                        environment, options.lake(), settings.eventTime(), settings.types())
                : LakeTopology.continuous(
                        environment,
                        options.lake(),
                        settings.eventTime(),
                        settings.types(),
                        options.idleness());
    }

    /** Adds the topic that changes come from. */
    static DataStream<Change> read(
            StreamExecutionEnvironment environment,
            RankingsOptions options,
            RankingsSettings settings) {
        return environment
                .fromSource(
                        options.input()
                                .source(
                                        options.name(),
                                        SummarizingDeserializer.class,
                                        new ChangeDeserializer(options.input().futureTolerance())),
                        watermarks(options, settings),
                        CHANGES)
                .uid(CHANGES)
                .filter(options.input().checkPositions())
                .name(CheckPositions.NAME)
                .uid(CheckPositions.NAME);
    }

    /**
     * Bounded input has an end that comes, so no partition is left behind, however long it stalls;
     * a partition of an unbounded one may have nothing to say.
     *
     * <p>Partitions are not aligned: one event dated far ahead of the others would hold up its
     * partition until all of them have come to that time.
     */
    static WatermarkStrategy<Change> watermarks(
            RankingsOptions options, RankingsSettings settings) {
        WatermarkStrategy<Change> watermarks = RankingsTopology.watermarks(settings.eventTime());
        return options.input().bounded() ? watermarks : watermarks.withIdleness(options.idleness());
    }

    /** Adds the topics that the graph's outputs go to. */
    static void write(RankingsTopology topology, RankingsOptions options) {
        writeRankings(topology.rankings(), options);
        topology.late()
                .sinkTo(sink(LATE_TOPIC, new LateChangeRecords(options.lateTopic()), options))
                .name(LATE_TOPIC)
                .uid(LATE_TOPIC);
    }

    /** Adds the topic that rankings go to. */
    static void writeRankings(DataStream<Ranking> rankings, RankingsOptions options) {
        rankings.sinkTo(sink(RANKINGS_TOPIC, RankingRecords.of(options.rankingsTopic()), options))
                .name(RANKINGS_TOPIC)
                .uid(RANKINGS_TOPIC);
    }

    private static Configuration pipelineSettings(String name) {
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.NAME, name);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        // No operator changes or keeps what it gets, so chained ones need no copies.
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        return settings;
    }

    private static <T> KafkaSink<T> sink(
            String name, KafkaRecordSerializationSchema<T> records, RankingsOptions options) {
        Properties properties = options.input().producerProperties();
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(properties.getProperty("bootstrap.servers"))
                .setRecordSerializer(records)
                .setDeliveryGuarantee(options.delivery())
                .setTransactionalIdPrefix(transactionalIdPrefix(options, name))
                .build();
    }
}
