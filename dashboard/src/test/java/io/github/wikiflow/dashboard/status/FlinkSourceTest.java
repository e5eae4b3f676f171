package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dashboard.StandInPipeline;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:40:00Z");

    private StandInPipeline flink;
    private FlinkSource source;

    @BeforeEach
    void start() throws Exception {
        flink = new StandInPipeline();
        source =
                new FlinkSource(
                        flink.uri(),
                        List.of("wikiflow-rankings"),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        flink.close();
    }

    @Test
    void reportsTheNewestJobOfTheNameWithItsLastCheckpoint() throws Exception {
        flink.answer(
                        "/jobs/overview",
                        200,
                        """
                        {"jobs": [
                          {"jid": "old", "name": "wikiflow-rankings", "state": "FAILED", "start-time": 5},
                          {"jid": "new", "name": "wikiflow-rankings", "state": "RUNNING", "start-time": 9},
                          {"jid": "else", "name": "another", "state": "FAILED", "start-time": 10}]}
                        """)
                .answer(
                        "/jobs/new/checkpoints",
                        200,
                        """
                        {"latest": {"completed":
                          {"latest_ack_timestamp": 1763923200123, "end_to_end_duration": 321}}}
                        """)
                .answer("/jobs/new/exceptions", 200, "{}");
        assertThat(source.poll())
                .containsExactly(
                        new JobStatus(
                                "wikiflow-rankings",
                                Health.HEALTHY,
                                "running",
                                "Flink reports the state RUNNING",
                                Instant.ofEpochMilli(1763923200123L),
                                321L));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, running, HEALTHY",
        "FINISHED, finished, HEALTHY",
        "INITIALIZING, starting, UNHEALTHY",
        "RESTARTING, restarting, UNHEALTHY",
        "FAILED, failed, UNHEALTHY",
        "CANCELED, cancelled, UNHEALTHY",
        "SUSPENDED, suspended, UNHEALTHY",
        "SOMETHING_NEW, not running, UNHEALTHY",
    })
    void saysEveryStateInAPlainWord(String state, String word, Health health) throws Exception {
        flink.answer(
                        "/jobs/overview",
                        200,
                        "{\"jobs\":[{\"jid\":\"j\",\"name\":\"wikiflow-rankings\",\"state\":\"%s\"}]}"
                                .formatted(state))
                .answer("/jobs/j/checkpoints", 200, "{\"latest\":{\"completed\":null}}")
                .answer("/jobs/j/exceptions", 200, "{}");
        JobStatus status = source.poll().get(0);
        assertThat(status.word()).isEqualTo(word);
        assertThat(status.health()).isEqualTo(health);
        assertThat(status.lastCheckpoint()).isNull();
    }

    @Test
    void aJobThatIsRestartedAgainAndAgainIsSaidToBe() throws Exception {
        running("RUNNING", false, 10, 70, 100, 4_000);
        JobStatus status = source.poll().get(0);
        assertThat(status.health()).isEqualTo(Health.UNHEALTHY);
        assertThat(status.word()).isEqualTo("restarting");
        assertThat(status.detail())
                .isEqualTo(
                        "3 failures since 2026-11-23 18:38:20 UTC, the last: IOException: No space left on device");
        running("RUNNING", true, 10, 70, 100);
        assertThat(source.poll().get(0).detail()).startsWith("More than 3 failures since");
    }

    @Test
    void aJobThatHasRecoveredIsWell() throws Exception {
        running("RUNNING", false, 130, 160, 190);
        assertThat(source.poll().get(0).health()).isEqualTo(Health.HEALTHY);
        running("RUNNING", false, 10);
        assertThat(source.poll().get(0).health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aJobThatHasFailedSaysWhy() throws Exception {
        running("FAILED", false, 10);
        JobStatus status = source.poll().get(0);
        assertThat(status.word()).isEqualTo("failed");
        assertThat(status.detail())
                .isEqualTo(
                        "It failed at 2026-11-23 18:39:50 UTC: IOException: No space left on device");
    }

    /** Has Flink tell of failures so many seconds ago. */
    private void running(String state, boolean truncated, long... secondsAgo) {
        String entries =
                LongStream.of(secondsAgo)
                        .mapToObj(
                                seconds ->
                                        """
                                        {"timestamp": %d, "stacktrace":
                                         "org.apache.flink.X: disk\\n\\tat a.b\\nCaused by: java.io.IOException: No space left on device\\n\\tat c.d"}
                                        """
                                                .formatted(
                                                        NOW.minusSeconds(seconds).toEpochMilli()))
                        .collect(Collectors.joining(","));
        flink.answer(
                        "/jobs/overview",
                        200,
                        "{\"jobs\":[{\"jid\":\"j\",\"name\":\"wikiflow-rankings\",\"state\":\"%s\"}]}"
                                .formatted(state))
                .answer("/jobs/j/checkpoints", 200, "{\"latest\":{\"completed\":null}}")
                .answer(
                        "/jobs/j/exceptions",
                        200,
                        "{\"exceptionHistory\":{\"entries\":[%s],\"truncated\":%s}}"
                                .formatted(entries, truncated));
    }

    @Test
    void aJobThatFlinkDoesNotKnowIsNotRunning() throws Exception {
        flink.answer("/jobs/overview", 200, "{\"jobs\":[]}");
        assertThat(source.poll().get(0).word()).isEqualTo("not running");
    }

    @ParameterizedTest
    @CsvSource({"500, oops", "200, <html>", "404, ''"})
    void whatDoesNotAnswerAsFlinkDoesIsUnknown(int status, String body) throws Exception {
        flink.answer("/jobs/overview", status, body);
        assertUnknown(source.poll());
    }

    @Test
    void whatDoesNotAnswerAtAllIsUnknown() throws Exception {
        flink.close();
        assertUnknown(source.poll());
    }

    private void assertUnknown(List<JobStatus> statuses) {
        assertThat(statuses)
                .containsExactly(
                        JobStatus.without(
                                "wikiflow-rankings",
                                Health.UNKNOWN,
                                "unknown",
                                "Flink does not answer at " + flink.uri()));
    }
}
