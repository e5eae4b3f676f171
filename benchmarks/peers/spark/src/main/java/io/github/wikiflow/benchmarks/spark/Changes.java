package io.github.wikiflow.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.timestamp_seconds;

import io.github.wikiflow.benchmarks.contender.Task;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** The events of the topic as tables. */
final class Changes {

    private static final String EVENT =
            "`$schema` STRING, bot BOOLEAN, comment STRING, id STRING,"
                    + " length STRUCT<new: BIGINT, old: BIGINT>,"
                    + " log_action STRING, log_action_comment STRING, log_id BIGINT,"
                    + " log_params STRING, log_type STRING,"
                    + " meta STRUCT<domain: STRING, dt: TIMESTAMP, id: STRING, offset: BIGINT,"
                    + " partition: INT, request_id: STRING, stream: STRING, topic: STRING,"
                    + " uri: STRING>,"
                    + " minor BOOLEAN, namespace INT, notify_url STRING, parsedcomment STRING,"
                    + " patrolled BOOLEAN, revision STRUCT<new: BIGINT, old: BIGINT>,"
                    + " server_name STRING, server_script_path STRING, server_url STRING,"
                    + " timestamp BIGINT, title STRING, title_url STRING, type STRING,"
                    + " user STRING, wiki STRING";

    private static final String RANKED = "timestamp BIGINT, user STRING";

    private Changes() {}

    /** Every column of the lake; events without a timestamp or an envelope are left out. */
    static Dataset<Row> all(SparkSession spark, Task task) {
        return records(spark, task, Map.of())
                .withColumn("event", event(EVENT))
                .where("event.timestamp IS NOT NULL AND event.meta IS NOT NULL")
                .select(
                        col("key").cast("string").as("event_key"),
                        col("topic").as("event_topic"),
                        col("timestamp").as("event_timestamp"),
                        col("event.$schema").as("schema"),
                        col("event.bot"),
                        col("event.comment"),
                        col("event.id"),
                        col("event.length.new").as("length_new"),
                        col("event.length.old").as("length_old"),
                        col("event.minor"),
                        col("event.namespace"),
                        col("event.parsedcomment"),
                        col("event.patrolled"),
                        col("event.revision.new").as("revision_new"),
                        col("event.revision.old").as("revision_old"),
                        col("event.server_script_path"),
                        col("event.server_url"),
                        col("event.server_name"),
                        timestamp_seconds(col("event.timestamp")).as("change_timestamp"),
                        timestamp_seconds(col("event.timestamp"))
                                .cast("date")
                                .as("change_timestamp_date"),
                        col("event.title"),
                        col("event.type"),
                        col("event.user"),
                        col("event.wiki"),
                        col("event.meta.domain").as("meta_domain"),
                        col("event.meta.dt").as("meta_dt"),
                        col("event.meta.id").as("meta_id"),
                        col("event.meta.offset").as("meta_offset"),
                        col("event.meta.partition").as("meta_partition"),
                        col("event.meta.request_id").as("meta_request_id"),
                        col("event.meta.stream").as("meta_stream"),
                        col("event.meta.topic").as("meta_topic"),
                        col("event.meta.uri").as("meta_uri"),
                        col("event.title_url"),
                        col("event.notify_url"),
                        col("event.log_id"),
                        col("event.log_type"),
                        col("event.log_action"),
                        col("event.log_action_comment"),
                        col("event.log_params"),
                        col("partition").as("event_partition"),
                        col("offset").as("event_offset"));
    }

    /**
     * What a ranking of users needs: {@code change_timestamp} and {@code user}.
     *
     * @param options further options of the Kafka source
     */
    static Dataset<Row> ranked(SparkSession spark, Task task, Map<String, String> options) {
        return records(spark, task, options)
                .withColumn("event", event(RANKED))
                .select(
                        timestamp_seconds(col("event.timestamp")).as("change_timestamp"),
                        col("event.user"));
    }

    /**
     * The same two columns from a lake instead of the topic.
     *
     * @param options further options of the file source
     */
    static Dataset<Row> fromLake(SparkSession spark, Task task, Map<String, String> options) {
        return spark.readStream()
                .schema(
                        StructType.fromDDL(
                                "change_timestamp TIMESTAMP, user STRING,"
                                        + " change_timestamp_date DATE, server_name STRING"))
                .options(options)
                .parquet(task.inputLake().toString())
                .select("change_timestamp", "user");
    }

    private static Dataset<Row> records(
            SparkSession spark, Task task, Map<String, String> options) {
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", task.bootstrapServers())
                .option("subscribe", task.topic())
                .option("startingOffsets", "earliest")
                .options(options)
                .load();
    }

    private static org.apache.spark.sql.Column event(String schema) {
        return from_json(col("value").cast("string"), StructType.fromDDL(schema));
    }
}
