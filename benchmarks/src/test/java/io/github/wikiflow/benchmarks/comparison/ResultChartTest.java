package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** The picture is XML with a bar for each contender that came to an end. */
class ResultChartTest {

    @Test
    void showsWhoCameToAnEnd() throws Exception {
        Result ended =
                new Result(
                        Contender.ARCHIVE,
                        "-Xmx1g",
                        new Measurement(1_000_000, 2, 10, 3, 20, 800),
                        new LakeSize(600, 600, 1_000),
                        Verdict.right(""));
        Result failed =
                new Result(Contender.SPARK_ARCHIVE, "-Xmx1g", null, null, Verdict.wrong("failed"));

        String svg = ResultChart.svg("Two contenders", List.of(ended, failed));

        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        // One is the background.
        assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
        assertThat(svg)
                .contains(">archive<", "100,000 events/s, 20.0 CPU s/million")
                .doesNotContain("spark");
    }
}
