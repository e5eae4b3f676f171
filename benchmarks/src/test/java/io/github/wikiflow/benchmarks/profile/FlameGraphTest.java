package io.github.wikiflow.benchmarks.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FlameGraphTest {

    @Test
    void aFrameIsAsWideAsItsShareAndStandsBelowItsCaller() throws Exception {
        StackTree samples = new StackTree();
        samples.add(List.of("task", "org.example.A.run", "org.example.B.<init>"));
        samples.add(List.of("task", "org.example.A.run"));
        samples.add(List.of("task", "org.example.A.run"));
        samples.add(List.of("fetcher", "org.example.C.poll"));

        List<String> frames = frames(FlameGraph.svg("A title with <&>", samples));

        assertThat(frames)
                .containsExactly(
                        "all: 100.0 % at 0.0,36 is 1600.0",
                        "fetcher: 25.0 % at 0.0,53 is 400.0",
                        "org.example.C.poll: 25.0 % at 0.0,70 is 400.0",
                        "task: 75.0 % at 400.0,53 is 1200.0",
                        "org.example.A.run: 75.0 % at 400.0,70 is 1200.0",
                        "org.example.B.<init>: 25.0 % at 400.0,87 is 400.0");
    }

    @Test
    void threadsOfAKindAreOne() {
        assertThat(Recording.kind("parse-changes -> group-into-files (2/2)#0"))
                .isEqualTo(Recording.kind("parse-changes -> group-into-files (1/2)#17"));
        assertThat(Recording.kind("flink-pekko.actor.default-dispatcher-5"))
                .isEqualTo("flink-pekko.actor.default-dispatcher-*");
        assertThat(Recording.kind(null)).isEqualTo("threads without a name");
    }

    private static List<String> frames(String svg) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));
        NodeList groups = document.getElementsByTagName("g");
        List<String> frames = new ArrayList<>();
        for (int i = 0; i < groups.getLength(); i++) {
            Element group = (Element) groups.item(i);
            Element box = (Element) group.getElementsByTagName("rect").item(0);
            frames.add(
                    "%s at %s,%s is %s"
                            .formatted(
                                    group.getElementsByTagName("title").item(0).getTextContent(),
                                    box.getAttribute("x"),
                                    box.getAttribute("y"),
                                    box.getAttribute("width")));
        }
        return frames;
    }
}
