package io.github.wikiflow.benchmarks.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.window;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Changes per window and user into a table in memory, from which the notebook reads the busiest:
 * the tutorial's query. Options: {@code lake} to read the lake instead of the topic, and a source's
 * option such as {@code maxOffsetsPerTrigger=50000}.
 *
 * <p>The table has a row for each batch that touched a user's window, with the count so far, so the
 * greatest is the count. (The tutorial sums them up, which counts changes again.)
 */
public final class SparkRankings {

    private static final String TABLE = "counts";

    private SparkRankings() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        Map<String, String> sourceOptions = new TreeMap<>();
        for (String option : task.options()) {
            if (option.contains("=")) {
                String[] parts = option.split("=", 2);
                sourceOptions.put(parts[0], parts[1]);
            }
        }
        Map<String, String> settings = new TreeMap<>(sourceOptions);
        settings.put("trigger", "AvailableNow");
        settings.put("watermark", "10 minutes");
        SparkSession spark = LocalSpark.start(settings);
        Dataset<Row> changes =
                task.options().contains("lake")
                        ? Changes.fromLake(spark, task, sourceOptions)
                        : Changes.ranked(spark, task, sourceOptions);
        Report.measurement(
                Measurement.ofWork(
                        task.events(),
                        () ->
                                LocalSpark.drain(
                                        counts(changes)
                                                .writeStream()
                                                .format("memory")
                                                .queryName(TABLE)
                                                .outputMode("update"))));
        Ranked.write(task.ranking(), answer(spark));
        spark.stop();
    }

    private static Dataset<Row> counts(Dataset<Row> changes) {
        return changes.where("user IS NOT NULL")
                .withWatermark("change_timestamp", "10 minutes")
                .groupBy(window(col("change_timestamp"), "10 minutes"), col("user"))
                .count();
    }

    private static List<Ranked> answer(SparkSession spark) {
        List<Ranked> counts = new ArrayList<>();
        spark.sql(
                        "SELECT unix_seconds(window.start), user, max(count) FROM %s GROUP BY ALL"
                                .formatted(TABLE))
                .toLocalIterator()
                .forEachRemaining(
                        row ->
                                counts.add(
                                        new Ranked(
                                                row.getLong(0), row.getString(1), row.getLong(2))));
        return Ranked.first(counts);
    }
}
