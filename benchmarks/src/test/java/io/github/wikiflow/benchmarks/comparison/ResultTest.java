package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several rounds stands in the table. */
class ResultTest {

    @Test
    void theRoundInTheMiddleCounts() {
        Result slow = took(9);
        Result fast = took(1);
        Result middle = took(2);
        assertThat(Result.median(List.of(slow, fast, middle))).isSameAs(middle);
    }

    @Test
    void theFasterOneOfTwoInTheMiddleCounts() {
        Result faster = took(2);
        assertThat(Result.median(List.of(took(4), took(3), faster, took(1)))).isSameAs(faster);
    }

    @Test
    void aFailedRoundIsTheSlowest() {
        Result failed = new Result(Contender.ARCHIVE, "", null, null, Verdict.wrong("it failed"));
        Result ran = took(1_000);
        assertThat(Result.median(List.of(failed, ran))).isSameAs(ran);
        assertThat(Result.median(List.of(failed, ran, failed))).isSameAs(failed);
    }

    private static Result took(double seconds) {
        return new Result(
                Contender.ARCHIVE, "", new Measurement(1_000, 1, seconds, 1, 2, 100), null, null);
    }
}
