package io.github.wikiflow.benchmarks.contender;

import java.util.Map;
import java.util.TreeMap;

/** What a contender prints for the benchmark: its settings, then what its run cost. */
public final class Report {

    private static final String SETTINGS = "settings:";

    private Report() {}

    /** Prints by which settings this run differs from the engine's defaults. */
    public static void settings(Map<String, String> settings) {
        System.out.println(SETTINGS + " " + new TreeMap<>(settings));
    }

    /** Prints what a run cost. */
    public static void measurement(Measurement measurement) {
        System.out.println(measurement.toLine());
    }

    /** Whether a line says settings. */
    public static boolean isSettings(String line) {
        return line.startsWith(SETTINGS);
    }

    /** The settings in a line that {@link #settings} printed, for people. */
    public static String settingsOf(String line) {
        return line.substring(SETTINGS.length() + 2, line.length() - 1);
    }
}
