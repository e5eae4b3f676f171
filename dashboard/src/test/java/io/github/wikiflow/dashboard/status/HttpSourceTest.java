package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.dashboard.StandInPipeline;
import io.github.wikiflow.http.HalfAnAnswer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpSourceTest {

    @Test
    void givesStatusAndBody() throws Exception {
        try (StandInPipeline other = new StandInPipeline()) {
            other.answer("/healthz", 503, "{\"ä\":1}");
            var answer = new HttpSource(other.uri()).get("healthz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"ä\":1}");
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aBodyThatNeverEndsIsNoAnswer() throws Exception {
        try (HalfAnAnswer server = new HalfAnAnswer()) {
            HttpSource source = new HttpSource(server.uri());
            assertThatThrownBy(() -> source.get("metrics"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer");
            assertThat(server.sentAfterwards()).as("the connection is given up too").isEqualTo(-1);
        }
    }
}
