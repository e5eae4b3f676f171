package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dashboard.StandInPipeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkSourceTest {

    private StandInPipeline flink;
    private FlinkSource source;

    @BeforeEach
    void start() throws Exception {
        flink = new StandInPipeline();
        source = new FlinkSource(flink.uri(), List.of("wikiflow-rankings"));
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
                        """);
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
                .answer("/jobs/j/checkpoints", 200, "{\"latest\":{\"completed\":null}}");
        JobStatus status = source.poll().get(0);
        assertThat(status.word()).isEqualTo(word);
        assertThat(status.health()).isEqualTo(health);
        assertThat(status.lastCheckpoint()).isNull();
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
