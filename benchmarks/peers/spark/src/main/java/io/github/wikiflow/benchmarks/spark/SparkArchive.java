package io.github.wikiflow.benchmarks.spark;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Kafka to a partitioned Parquet lake. */
public final class SparkArchive {

    private SparkArchive() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        SparkSession spark = LocalSpark.start(Map.of("trigger", "AvailableNow"));
        Report.measurement(
                Measurement.ofWork(
                        task.events(),
                        () ->
                                LocalSpark.drain(
                                        Changes.all(spark, task)
                                                .writeStream()
                                                .format("parquet")
                                                .partitionBy("change_timestamp_date", "server_name")
                                                .option("path", task.lake().toString())
                                                .option(
                                                        "checkpointLocation",
                                                        task.checkpoints().toString()))));
        spark.stop();
    }
}
