package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.http.HalfAnAnswer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FlinkRestTest {

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aBodyThatNeverEndsIsNoAnswer() throws Exception {
        try (HalfAnAnswer server = new HalfAnAnswer()) {
            // Long enough for a busy machine to have sent the request by then.
            FlinkRest flink = new FlinkRest(server.uri(), Duration.ofSeconds(5));
            assertThatThrownBy(() -> flink.get("/overview"))
                    .isInstanceOf(OperationException.class)
                    .hasMessageStartingWith("Flink does not answer at %s (", server.uri())
                    .hasMessageEndingWith("no whole answer within 5000 ms); start it");
            assertThat(server.sentAfterwards()).as("the connection is given up too").isEqualTo(-1);
        }
    }
}
