package io.github.wikiflow.benchmarks.comparison;

import java.util.List;
import java.util.Locale;

/** Results as a picture: a bar of events per second for each contender that came to an end. */
final class ResultChart {

    private static final int WIDTH = 960;
    private static final int BARS_FROM = 300;
    private static final int BARS_TO = 700;
    private static final int ROW = 26;
    private static final int TOP = 48;

    private ResultChart() {}

    /**
     * The picture as SVG.
     *
     * @param title plain text without markup
     */
    static String svg(String title, List<Result> results) {
        List<Result> shown =
                results.stream().filter(result -> result.measurement() != null).toList();
        double greatest =
                shown.stream()
                        .mapToDouble(result -> result.measurement().eventsPerSecond())
                        .max()
                        .orElse(1);
        StringBuilder svg = new StringBuilder();
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                                + " font-family=\"sans-serif\" font-size=\"13\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                                + "<text x=\"12\" y=\"26\" font-size=\"16\">%s</text>%n")
                        .formatted(WIDTH, TOP + ROW * shown.size() + 12, title));
        for (int i = 0; i < shown.size(); i++) {
            svg.append(bar(shown.get(i), TOP + ROW * i, greatest));
        }
        return svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private static String bar(Result result, int top, double greatest) {
        double perSecond = result.measurement().eventsPerSecond();
        double width = (BARS_TO - BARS_FROM) * perSecond / greatest;
        return String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n"
                        + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n"
                        + "<text x=\"%.1f\" y=\"%d\">%,.0f events/s, %.1f CPU s/million%s</text>%n",
                BARS_FROM - 8,
                top + 16,
                result.contender().label(),
                BARS_FROM,
                top + 3,
                width,
                ROW - 8,
                colour(result.contender().engine()),
                BARS_FROM + width + 6,
                top + 16,
                perSecond,
                result.measurement().cpuSecondsPerMillion(),
                result.verdict() == null || result.verdict().right() ? "" : ", wrong");
    }

    private static String colour(Engine engine) {
        return switch (engine) {
            case NONE, PARQUET_JAVA -> "#9aa0a6";
            case WIKIFLOW -> "#1a73e8";
            case FLINK_SQL, KAFKA_STREAMS, SPARK -> "#e8a33d";
        };
    }
}
