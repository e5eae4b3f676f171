package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrometheusTextTest {

    @Test
    void sumsTheSamplesOfANameOverTheirLabels() {
        PrometheusText page =
                new PrometheusText(
                        """
                        # HELP events_total Things that happened
                        # TYPE events_total counter
                        events_total{kind="edit",note="a } b, {c"} 40.0
                        events_total{kind="log"} 2 1763923200000
                        seconds 1.7639232E9
                        other NaN
                        broken
                        worse x
                        """);
        assertThat(page.sum("events_total")).hasValue(42);
        assertThat(page.sum("seconds")).hasValue(1_763_923_200);
        assertThat(page.sum("broken")).isEmpty();
        assertThat(page.sum("worse")).isEmpty();
        assertThat(page.sum("events")).isEmpty();
    }

    @Test
    void anyPageWillDo() {
        assertThat(new PrometheusText("<html>\n{\n}\n \n{x} 1\n").sum("x")).isEmpty();
    }
}
