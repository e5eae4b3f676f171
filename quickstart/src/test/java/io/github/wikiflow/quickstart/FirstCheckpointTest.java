package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** At a stand-in for Flink, which takes some questions' time for a checkpoint. */
class FirstCheckpointTest {

    private static final JobID JOB = new JobID(1, 2);
    private static final int QUESTIONS = 5;

    @TempDir private Path lake;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger questions = new AtomicInteger();
    private HttpServer flink;

    @BeforeEach
    void start() throws Exception {
        flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("", () -> "{\"vertices\": [{\"status\": \"RUNNING\"}]}");
        answer(
                "/checkpoints",
                () -> {
                    asked.incrementAndGet();
                    return "{\"request-id\": \"r\"}";
                });
        answer(
                "/checkpoints/r",
                () ->
                        "{\"status\": {\"id\": \"%s\"}}"
                                .formatted(
                                        questions.incrementAndGet() < QUESTIONS
                                                ? "IN_PROGRESS"
                                                : "COMPLETED"));
        flink.start();
    }

    private void answer(String path, Supplier<String> body) {
        flink.createContext(
                "/jobs/" + JOB.toHexString() + path,
                exchange -> {
                    byte[] bytes = body.get().getBytes(StandardCharsets.US_ASCII);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }

    @AfterEach
    void stop() {
        flink.stop(0);
    }

    @Test
    void asksHowItsCheckpointEndedAlsoWhenItIsStopped() throws Exception {
        FirstCheckpoint first = firstCheckpoint();
        await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() == 1);
        first.close();

        assertThat(questions).hasValue(QUESTIONS);
    }

    private FirstCheckpoint firstCheckpoint() {
        URI address = URI.create("http://127.0.0.1:" + flink.getAddress().getPort());
        return FirstCheckpoint.start(new FlinkRest(address), JOB, () -> 1, new LakeRows(lake));
    }
}
