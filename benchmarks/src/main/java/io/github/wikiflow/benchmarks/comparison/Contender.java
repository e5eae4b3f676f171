package io.github.wikiflow.benchmarks.comparison;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wikiflow.benchmarks.jobs.JobsRun;
import io.github.wikiflow.benchmarks.limits.HandWrittenCount;
import io.github.wikiflow.benchmarks.limits.ParsedConsumption;
import io.github.wikiflow.benchmarks.limits.RawConsumption;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who runs: the limits, the project's jobs, and what a user would pick instead. Each is a main
 * class in a JVM of its own, with a heap by what it has to hold: 600 open Parquet writers need 4g.
 */
public enum Contender {
    RAW_CONSUMPTION(Engine.NONE, RawConsumption.class.getName(), "512m", none()),
    PARSED_CONSUMPTION(Engine.NONE, ParsedConsumption.class.getName(), "512m", none()),
    HAND_WRITTEN_COUNT(
            Engine.NONE, HandWrittenCount.class.getName(), "512m", Set.of(Answer.FIRST_TEN)),
    PARQUET_WRITING(Engine.PARQUET_JAVA, parquetJava(), "1g", none()),
    PARQUET_WRITING_PARTITIONED(
            Engine.PARQUET_JAVA, parquetJava(), "4g", Set.of(Answer.LAKE), "partitioned"),

    ARCHIVE(Engine.WIKIFLOW, JobsRun.class.getName(), "512m", Set.of(Answer.LAKE), "archive"),
    RANKINGS_OF_USERS(
            Engine.WIKIFLOW,
            JobsRun.class.getName(),
            "512m",
            Set.of(Answer.FINAL_RANKINGS),
            "rankings=users"),
    RANKINGS_OF_ALL(
            Engine.WIKIFLOW,
            JobsRun.class.getName(),
            "512m",
            Set.of(Answer.FINAL_RANKINGS),
            "rankings=users,humans,pages,wikis"),
    RANKINGS_OF_USERS_FROM_LAKE(
            Engine.WIKIFLOW,
            JobsRun.class.getName(),
            "1g",
            Set.of(Answer.FINAL_RANKINGS),
            "lake",
            "rankings=users"),
    RANKINGS_OF_ALL_FROM_LAKE(
            Engine.WIKIFLOW,
            JobsRun.class.getName(),
            "1g",
            Set.of(Answer.FINAL_RANKINGS),
            "lake",
            "rankings=users,humans,pages,wikis"),
    ARCHIVE_AND_RANKINGS(
            Engine.WIKIFLOW,
            JobsRun.class.getName(),
            "1g",
            Set.of(Answer.LAKE, Answer.FINAL_RANKINGS),
            "archive",
            "rankings=users"),

    SPARK_ARCHIVE(Engine.SPARK, spark("SparkArchive"), "2g", Set.of(Answer.LAKE)),
    SPARK_RANKINGS(Engine.SPARK, spark("SparkRankings"), "2g", Set.of(Answer.FIRST_TEN)),
    SPARK_RANKINGS_SMALL_BATCHES(
            Engine.SPARK,
            spark("SparkRankings"),
            "2g",
            Set.of(Answer.FIRST_TEN),
            "maxOffsetsPerTrigger=50000"),
    SPARK_RANKINGS_FROM_LAKE(
            Engine.SPARK, spark("SparkRankings"), "2g", Set.of(Answer.FIRST_TEN), "lake"),
    SPARK_RANKINGS_FROM_LAKE_SMALL_BATCHES(
            Engine.SPARK,
            spark("SparkRankings"),
            "2g",
            Set.of(Answer.FIRST_TEN),
            "lake",
            "maxFilesPerTrigger=100"),

    FLINK_SQL_ARCHIVE(Engine.FLINK_SQL, flinkSql(), "4g", Set.of(Answer.LAKE), "archive"),
    FLINK_SQL_RANKINGS(Engine.FLINK_SQL, flinkSql(), "1g", Set.of(Answer.FIRST_TEN), "rankings"),
    FLINK_SQL_ARCHIVE_AND_RANKINGS(
            Engine.FLINK_SQL,
            flinkSql(),
            "4g",
            Set.of(Answer.LAKE, Answer.FIRST_TEN),
            "archive",
            "rankings"),

    KAFKA_STREAMS_RANKINGS(
            Engine.KAFKA_STREAMS,
            kafkaStreams(),
            "1g",
            Set.of(Answer.FIRST_TEN),
            "grace-minutes=10"),
    KAFKA_STREAMS_RANKINGS_LONG_GRACE(
            Engine.KAFKA_STREAMS,
            kafkaStreams(),
            "1g",
            Set.of(Answer.FIRST_TEN),
            "grace-minutes=10080");

    /** What can be said about what a contender leaves. */
    enum Answer {
        /** A lake in {@code Task.lake}. */
        LAKE,
        /** The first ten users of each window in {@code Task.ranking}. */
        FIRST_TEN,
        /** The project's {@code Ranking} records in {@code Task.outputTopic}. */
        FINAL_RANKINGS
    }

    private final Engine engine;
    private final String main;
    private final String heap;
    private final Set<Answer> answers;
    private final List<String> options;

    Contender(Engine engine, String main, String heap, Set<Answer> answers, String... options) {
        this.engine = engine;
        this.main = main;
        this.heap = heap;
        this.answers = Set.copyOf(answers);
        this.options = List.of(options);
    }

    /** The name in options, tables and JSON. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is built on. */
    public Engine engine() {
        return engine;
    }

    /** The name of its main class. */
    String main() {
        return main;
    }

    /** The largest heap of its JVM, as {@code -Xmx} takes it. */
    String heap() {
        return heap;
    }

    /** What can be checked; empty for those that only read. */
    Set<Answer> answers() {
        return answers;
    }

    /** Whether it reads a lake instead of the topic. */
    boolean readsLake() {
        return options.contains("lake");
    }

    /** The options of its task. */
    List<String> options() {
        return options;
    }

    private static Set<Answer> none() {
        return Set.of();
    }

    private static String parquetJava() {
        return "io.github.wikiflow.benchmarks.parquetjava.ParquetWriting";
    }

    private static String spark(String name) {
        return "io.github.wikiflow.benchmarks.spark." + name;
    }

    private static String flinkSql() {
        return "io.github.wikiflow.benchmarks.flinksql.FlinkSql";
    }

    private static String kafkaStreams() {
        return "io.github.wikiflow.benchmarks.kafkastreams.StreamsRankings";
    }
}
