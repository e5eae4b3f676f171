package io.github.wikiflow.dashboard.status;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The samples of a page in Prometheus' text format, summed over their labels
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Lines that do not follow the
 * format are left out.
 */
final class PrometheusText {

    private final Map<String, Double> sums = new HashMap<>();

    PrometheusText(String page) {
        page.lines().forEach(this::add);
    }

    /** The sum of the samples with this name; empty when there is none. */
    OptionalDouble sum(String name) {
        Double sum = sums.get(name);
        return sum == null ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    private void add(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        int brace = line.indexOf('{');
        int nameEnd = brace >= 0 ? brace : line.indexOf(' ');
        int valueStart = brace >= 0 ? line.lastIndexOf('}') + 1 : nameEnd;
        if (nameEnd <= 0 || valueStart <= 0) {
            return;
        }
        // What may follow the value is a timestamp.
        String value = line.substring(valueStart).strip().split(" ", 2)[0];
        try {
            sums.merge(line.substring(0, nameEnd), Double.valueOf(value), Double::sum);
        } catch (NumberFormatException e) {
            // "+Inf" and lines in no known format; neither is a count.
            return;
        }
    }
}
