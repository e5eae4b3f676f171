package io.github.wikiflow.benchmarks.comparison;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Runs a comparison, and shows it as a table and as JSON. */
public final class ComparisonReport {

    private ComparisonReport() {}

    /**
     * What a machine reads.
     *
     * @param machine on which it ran, and how busy that was
     */
    private record Document(
            String machine, Instant startedAt, long events, int partitions, List<Result> results) {}

    /**
     * Runs all rounds.
     *
     * @param output the folder for files, created when missing
     * @param out gets the table, row by row
     * @return whether the answers of the project's own jobs are right
     */
    public static boolean run(ComparisonSettings settings, Path output, PrintWriter out)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        Instant startedAt = Instant.now();
        String machine = machine();
        Files.createDirectories(output);
        Map<Contender, List<Result>> rounds = new EnumMap<>(Contender.class);
        boolean right = true;
        out.printf(
                Locale.ROOT,
                "%,d events in %d partitions; %s%n",
                settings.events(),
                settings.partitions(),
                machine);
        out.flush();
        try (Comparison comparison = Comparison.start(settings)) {
            out.println(ResultTable.head());
            for (int round = 1; round <= settings.rounds(); round++) {
                for (Contender contender : settings.contenders()) {
                    Result result = comparison.run(contender);
                    out.println(ResultTable.row(result));
                    out.flush();
                    rounds.computeIfAbsent(contender, each -> new ArrayList<>()).add(result);
                    right &=
                            contender.engine() != Engine.WIKIFLOW
                                    || result.verdict() == null
                                    || result.verdict().right();
                }
            }
        }
        List<Result> results = rounds.values().stream().map(Result::median).toList();
        if (settings.rounds() > 1) {
            out.printf("%nThe median of %d rounds:%n", settings.rounds());
            out.println(ResultTable.head());
            results.forEach(result -> out.println(ResultTable.row(result)));
        }
        out.println();
        results.forEach(
                result -> out.println(result.contender().label() + ": " + result.settings()));
        write(
                output,
                new Document(
                        machine, startedAt, settings.events(), settings.partitions(), results));
        out.printf("%nresults.json is in %s%n", output);
        out.flush();
        return right;
    }

    private static void write(Path output, Document document) throws IOException {
        JsonMapper.builder()
                .findAndAddModules()
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValue(output.resolve("results.json").toFile(), document);
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "Java %s, %s %s, %d cores, load average %.1f",
                Runtime.version().feature(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }
}
