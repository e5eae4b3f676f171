package io.github.wikiflow.benchmarks.spark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs SQL statements one after the other, in a session with Spark's own settings. Arguments: a
 * folder that this creates, and the statements. The rows of the first {@code SELECT} go to the file
 * {@code 0} of the folder, those of the next to {@code 1}, each row a line of JSON.
 */
public final class SparkSql {

    private SparkSql() {}

    public static void main(String[] arguments) throws Exception {
        Path answers = Files.createDirectory(Path.of(arguments[0]));
        try (SparkSession spark =
                SparkSession.builder()
                        .config("spark.master", "local[2]")
                        .config("spark.ui.enabled", "false")
                        .getOrCreate()) {
            int answered = 0;
            for (String statement : List.of(arguments).subList(1, arguments.length)) {
                Dataset<Row> result = spark.sql(statement);
                if (statement.startsWith("SELECT")) {
                    Files.write(
                            answers.resolve(Integer.toString(answered++)),
                            result.toJSON().collectAsList());
                }
            }
        }
    }
}
