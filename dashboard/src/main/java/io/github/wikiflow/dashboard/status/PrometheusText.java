package io.github.wikiflow.dashboard.status;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The samples of a page in Prometheus' text format, singly and summed over their labels
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Lines that do not follow the
 * format are left out.
 */
final class PrometheusText {

    private final Map<String, Double> samples = new HashMap<>();
    private final Map<String, Double> sums = new HashMap<>();

    PrometheusText(String page) {
        page.lines().forEach(this::add);
    }

    /** The sum of the samples with this name; empty when there is none. */
    OptionalDouble sum(String name) {
        Double sum = sums.get(name);
        return sum == null ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /**
     * The sample with this name and these labels, as they are written; empty when there is none.
     */
    OptionalDouble sample(String nameAndLabels) {
        Double sample = samples.get(nameAndLabels);
        return sample == null ? OptionalDouble.empty() : OptionalDouble.of(sample);
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
            Double number = Double.valueOf(value);
            samples.put(line.substring(0, valueStart).strip(), number);
            sums.merge(line.substring(0, nameEnd), number, Double::sum);
        } catch (NumberFormatException e) {
            // "+Inf" and lines in no known format; neither is a count.
            return;
        }
    }
}
