package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.file.SampleLake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the DuckDB queries of the reading guide as they stand there. */
class ReadingGuideIT {

    private static final Path GUIDE = Path.of("../../docs/reading-the-lake.md");
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

    @TempDir private Path folder;

    @Test
    void everyQueryAnswers() throws Exception {
        Path lake = folder.resolve("lake");
        SampleLake.writeEvents(lake);
        List<String> queries = new ArrayList<>();
        Matcher matcher = SQL.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            queries.add(matcher.group(1).replace("'lake/", "'" + lake + "/"));
        }
        assertThat(queries).hasSize(6);
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(queries.get(0));
            for (String query : queries.subList(1, queries.size())) {
                try (ResultSet result = statement.executeQuery(query)) {
                    assertThat(result.next()).as(query).isTrue();
                }
            }
        }
    }
}
