package io.github.wikiflow.faults.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedAnewTest {

    @Test
    void offsetsAreLowerFromEachBeginningOnInEveryProcess() {
        CountedAnew count = new CountedAnew();
        count.begin(1_000, 30);
        count.begin(2_000, 5);
        CountedAnew other = new CountedAnew();
        other.set(count.toWord());

        for (CountedAnew each : new CountedAnew[] {count, other}) {
            assertThat(each.named(100, 999)).isEqualTo(100);
            assertThat(each.named(101, 1_000)).isEqualTo(71);
            assertThat(each.named(200, 1_999)).isEqualTo(170);
            assertThat(each.named(201, 2_000)).isEqualTo(166);
        }
    }

    @Test
    void withoutABeginningNothingChangesInAnyProcess() {
        CountedAnew other = new CountedAnew();
        other.set(new CountedAnew().toWord());
        assertThat(other.named(7, Long.MAX_VALUE)).isEqualTo(7);
    }
}
