package io.github.wikiflow.benchmarks.flinksql;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/**
 * Runs the statements that the options name, {@code archive}, {@code rankings} or both, as one job
 * in a MiniCluster of this JVM with two slots. Those that read all columns read the topic once.
 */
public final class FlinkSql {

    private static final String RANKINGS = "rankings";

    /** As the project's jobs where it is not the default. */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "parallelism.default", "2",
                    "taskmanager.numberOfTaskSlots", "2",
                    "taskmanager.memory.managed.size", "256m",
                    "execution.checkpointing.interval", "1min",
                    "pipeline.object-reuse", "true",
                    // A benchmark is to fail where a job would start again for ever.
                    "restart-strategy.type", "none",
                    "table.local-time-zone", "UTC");

    private FlinkSql() {}

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        boolean ranks = task.options().contains(RANKINGS);
        Report.settings(SETTINGS);
        Configuration configuration = Configuration.fromMap(SETTINGS);
        configuration.setString(
                "execution.checkpointing.dir", new Path(task.checkpoints().toUri()).toString());
        StreamTableEnvironment tables =
                StreamTableEnvironment.create(
                        StreamExecutionEnvironment.createLocalEnvironment(configuration));
        // A ranking alone declares only the two fields that it needs.
        boolean archives = task.options().size() > 1 || !ranks;
        tables.executeSql(SqlScript.read(archives ? "changes" : "ranked-changes", task));
        StatementSet statements = tables.createStatementSet();
        for (String option : task.options()) {
            tables.executeSql(SqlScript.read(option, task));
            statements.addInsertSql(SqlScript.read("insert-" + option, task));
        }
        Report.measurement(
                Measurement.of(
                        task.events(),
                        () ->
                                statements
                                                .execute()
                                                .getJobClient()
                                                .orElseThrow()
                                                .getJobExecutionResult()
                                                .get()
                                                .getNetRuntime()
                                        / 1e3));
        if (ranks) {
            Ranked.write(task.ranking(), answer(tables));
        }
    }

    private static List<Ranked> answer(StreamTableEnvironment tables) throws Exception {
        List<Ranked> answer = new ArrayList<>();
        CloseableIterator<Row> rows =
                tables.executeSql("SELECT window_start, `user`, changes FROM rankings").collect();
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                answer.add(
                        new Ranked(
                                row.<Instant>getFieldAs(0).getEpochSecond(),
                                row.getFieldAs(1),
                                row.getFieldAs(2)));
            }
        } finally {
            rows.close();
        }
        return Ranked.first(answer);
    }
}
