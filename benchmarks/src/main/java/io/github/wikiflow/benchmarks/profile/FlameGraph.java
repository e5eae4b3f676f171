package io.github.wikiflow.benchmarks.profile;

import java.util.Locale;

/**
 * Sampled stacks as a picture: a frame is as wide as its share of all samples, and stands below the
 * one that called it. See Brendan Gregg, "The Flame Graph", ACM Queue 14(2), 2016. Pointing at a
 * frame shows its whole name and its share.
 */
final class FlameGraph {

    private static final int WIDTH = 1600;
    private static final int ROW = 17;
    private static final int TOP = 36;
    private static final double LETTER_WIDTH = 6.6;
    private static final int FEWEST_LETTERS = 3;

    /** Narrower frames are left out, with all that they call. */
    private static final double LEAST_WIDTH = 0.5;

    private static final String[] COLOURS = {"#f6c26b", "#f0a95a", "#f4b183", "#eec77e"};
    private static final String OWN_COLOUR = "#8ab4f8";
    private static final String OWN_PACKAGE = "io.github.wikiflow.";

    private final StringBuilder svg = new StringBuilder();
    private final double perSample;
    private final long all;

    private FlameGraph(StackTree samples) {
        all = samples.samples();
        perSample = (double) WIDTH / Math.max(1, all);
    }

    /**
     * The picture as SVG.
     *
     * @param title plain text
     */
    static String svg(String title, StackTree samples) {
        FlameGraph graph = new FlameGraph(samples);
        int height = TOP + ROW * samples.depth(LEAST_WIDTH / graph.perSample) + ROW;
        graph.svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
                                + " font-family=\"monospace\" font-size=\"11\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n"
                                + "<text x=\"8\" y=\"22\" font-size=\"15\">%3$s</text>%n")
                        .formatted(WIDTH, height, escape(title)));
        graph.draw(samples, 0, TOP);
        return graph.svg.append("</svg>").append(System.lineSeparator()).toString();
    }

    private void draw(StackTree node, double left, int top) {
        double width = node.samples() * perSample;
        if (width < LEAST_WIDTH) {
            return;
        }
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<g><title>%s: %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                                + " height=\"%d\" fill=\"%s\" stroke=\"white\"/>",
                        escape(node.frame()),
                        100.0 * node.samples() / all,
                        left,
                        top,
                        width,
                        ROW,
                        colour(node.frame())));
        int letters = (int) (width / LETTER_WIDTH);
        if (letters >= FEWEST_LETTERS) {
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\">%s</text>",
                            left + 2,
                            top + ROW - 5,
                            escape(shortened(node.frame(), letters))));
        }
        svg.append("</g>").append(System.lineSeparator());
        for (StackTree callee : node.callees()) {
            draw(callee, left, top + ROW);
            left += callee.samples() * perSample;
        }
    }

    /** Class and method without the package, and no longer than that. */
    private static String shortened(String frame, int letters) {
        int method = frame.lastIndexOf('.');
        int type = frame.indexOf(' ') < 0 ? frame.lastIndexOf('.', method - 1) : -1;
        String name = frame.substring(type + 1);
        return name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
    }

    private static String colour(String frame) {
        return frame.startsWith(OWN_PACKAGE)
                ? OWN_COLOUR
                : COLOURS[Math.floorMod(frame.hashCode(), COLOURS.length)];
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
