package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The containers' images have the version of the jars in them, wherever they are named. */
class ImageVersionsTest {

    private static final Path DOCKER = SourceTree.home().resolve("docker");
    private static final String VERSION = System.getProperty("wikiflow.version");

    @Test
    void composeTakesThisVersion() throws IOException {
        Properties environment = new Properties();
        try (Reader file = Files.newBufferedReader(DOCKER.resolve(".env"))) {
            environment.load(file);
        }
        assertThat(environment).containsEntry("WIKIFLOW_VERSION", VERSION);
        assertThat(matches("image: *(\\S*WIKIFLOW\\S*)", DOCKER.resolve("compose.yaml")))
                .hasSize(5)
                .allMatch(
                        image ->
                                image.matches(
                                        "\\$\\{WIKIFLOW_IMAGES}/[a-z]+:\\$\\{WIKIFLOW_VERSION}"));
    }

    @Test
    void kubernetesTakesThisVersion() throws IOException {
        List<String> images = new ArrayList<>();
        for (Path file : SourceTree.files()) {
            if (file.startsWith(DOCKER.resolve("kubernetes"))
                    && file.toString().endsWith(".yaml")) {
                images.addAll(matches("image: *(\\S+)", file));
            }
        }
        assertThat(images)
                .containsExactlyInAnyOrder(
                        "wikiflow/bridge:" + VERSION,
                        "wikiflow/dashboard:" + VERSION,
                        "wikiflow/flink:" + VERSION,
                        "wikiflow/flink:" + VERSION);
    }

    private static List<String> matches(String regex, Path file) throws IOException {
        return Pattern.compile(regex)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
