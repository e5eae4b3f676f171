package io.github.wikiflow.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutputAgeTest {

    private final OutputAge age = new OutputAge();

    @Test
    void isCurrentAgainWithOutputAtMostASecondOlderThanTheOldestBefore() throws Exception {
        age.add(1_000, 500);
        age.add(2_000, 1_000);
        age.fail(3_000);
        age.add(8_000, 4_000);
        age.add(9_000, 6_999);
        age.add(10_000, 8_000);
        age.add(11_000, 10_900);

        assertThat(age.awaitCurrent(Duration.ZERO)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void outputFromBeforeTheFailureDoesNotCount() {
        age.add(1_000, 500);
        age.fail(2_000);
        age.add(2_100, 1_999);

        assertThatThrownBy(() -> age.awaitCurrent(Duration.ZERO))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void learnsAnewWhatIsUsual() throws Exception {
        age.add(10_000, 1_000);
        age.learn();
        age.add(11_000, 10_500);
        age.fail(12_000);
        age.add(14_000, 12_499);
        age.add(15_000, 14_900);

        assertThat(age.awaitCurrent(Duration.ZERO)).isEqualTo(Duration.ofSeconds(3));
    }
}
