package io.github.wikiflow.benchmarks.spark;

import io.github.wikiflow.benchmarks.contender.Report;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;

/** Spark in this JVM, with a task for each of two cores. */
final class LocalSpark {

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "spark.master", "local[2]",
                    // As many as cores, as the tuning guide says; the default of 200 is for
                    // clusters.
                    "spark.sql.shuffle.partitions", "2",
                    // As the lake of the project.
                    "spark.sql.parquet.compression.codec", "zstd",
                    "spark.sql.session.timeZone", "UTC",
                    "spark.ui.enabled", "false");

    private LocalSpark() {}

    /**
     * Starts Spark, and says by which settings.
     *
     * @param more settings of this run that are not the session's
     */
    static SparkSession start(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(SETTINGS);
        all.putAll(more);
        Report.settings(all);
        SparkSession.Builder builder = SparkSession.builder();
        SETTINGS.forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Runs a query over everything that is there now, in as many batches as its source makes. */
    static void drain(DataStreamWriter<?> writer) throws TimeoutException, StreamingQueryException {
        StreamingQuery query = writer.trigger(Trigger.AvailableNow()).start();
        query.awaitTermination();
    }
}
