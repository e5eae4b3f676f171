package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.util.Locale;

/** Results as a Markdown table that also people read: a head, then a row for each result. */
final class ResultTable {

    private static final String FORM =
            "| %-38s | %8s | %6s | %9s | %10s | %11s | %7s | %6s | %8s | %s |";

    private ResultTable() {}

    /** The first two lines. */
    static String head() {
        return FORM.formatted(
                        "contender",
                        "seconds",
                        "start",
                        "events/s",
                        "CPU s/mio.",
                        "start CPU s",
                        "peak MB",
                        "files",
                        "lake MB",
                        "answer")
                + System.lineSeparator()
                + "|---|--:|--:|--:|--:|--:|--:|--:|--:|---|";
    }

    /** The line of a result. */
    static String row(Result result) {
        Measurement measured = result.measurement();
        LakeSize lake = result.lake();
        return FORM.formatted(
                result.contender().label(),
                measured == null ? "" : number("%.1f", measured.seconds()),
                measured == null ? "" : number("%.1f", measured.startSeconds()),
                measured == null ? "" : number("%,.0f", measured.eventsPerSecond()),
                measured == null ? "" : number("%.1f", measured.cpuSecondsPerMillion()),
                measured == null ? "" : number("%.1f", measured.startCpuSeconds()),
                measured == null ? "" : measured.peakMegabytes(),
                lake == null ? "" : lake.files(),
                lake == null ? "" : number("%.0f", lake.bytes() / 1e6),
                result.verdict() == null ? "" : result.verdict());
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
