package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobProgressTest {

    private final JobProgress progress = new JobProgress(2);
    private JobProgress.Reports reports = progress.createAccumulator();

    @Test
    void isTheLeastOfThoseThatAreNotIdleOnceAllHaveReported() {
        assertThat(afterReport(0, 0, 500, false)).isEqualTo(WatermarkExchange.UNKNOWN);
        assertThat(afterReport(0, 1, 400, false)).isEqualTo(400);
        assertThat(afterReport(0, 1, 400, true)).isEqualTo(500);
        assertThat(afterReport(0, 0, 600, false)).isEqualTo(600);
    }

    @Test
    void isTheGreatestOfAllWhenAllAreIdle() {
        afterReport(0, 0, 500, true);
        assertThat(afterReport(0, 1, 400, true)).isEqualTo(500);
    }

    @Test
    void startsAnewWithEachAttempt() {
        afterReport(0, 0, 500, false);
        afterReport(0, 1, 400, false);
        assertThat(afterReport(1, 1, 100, false)).isEqualTo(WatermarkExchange.UNKNOWN);
        assertThat(afterReport(0, 0, 900, false)).isEqualTo(WatermarkExchange.UNKNOWN);
        assertThat(afterReport(1, 0, 90, false)).isEqualTo(90);
    }

    @Test
    void startsAnewWithAnotherParallelism() {
        afterReport(0, 0, 500, false);
        reports = new JobProgress(1).add(new long[] {0, 0, 80, 0}, reports);
        assertThat(new JobProgress(1).getResult(reports)).isEqualTo(80);
    }

    private long afterReport(long attempt, long subtask, long watermark, boolean idle) {
        reports = progress.add(new long[] {attempt, subtask, watermark, idle ? 1 : 0}, reports);
        return progress.getResult(reports);
    }
}
