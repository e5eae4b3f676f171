package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OffsetRangesTest {

    @Test
    void isASetOfOffsets() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            OffsetRanges ranges = new OffsetRanges();
            TreeSet<Long> expected = new TreeSet<>();
            while (expected.size() < 9) {
                long offset = random.nextInt(12);
                ranges.add(offset);
                expected.add(offset);
                for (long any = -1; any < 14; any++) {
                    assertThat(ranges.contains(any))
                            .as("seed %d: %d in %s", seed, any, ranges.ranges())
                            .isEqualTo(expected.contains(any));
                }
                assertThat(ranges.first()).isEqualTo(expected.first());
                assertThat(ranges.last()).isEqualTo(expected.last());
                assertThat(new OffsetRanges(ranges.ranges()).ranges()).isEqualTo(ranges.ranges());
            }
        }
    }

    @Test
    void closesTheSmallestGapsOfMany() {
        OffsetRanges ranges = new OffsetRanges();
        for (long offset = 0; offset < 1_000; offset += 100) {
            ranges.add(offset);
            ranges.add(offset + 1 + offset / 100);
        }
        assertThat(ranges.ranges()).hasSizeLessThanOrEqualTo(6).contains(new OffsetRange(0, 1));
        assertThat(ranges.contains(901)).isTrue();
        assertThat(ranges.contains(911)).isFalse();
        for (long offset = 0; offset < 1_000; offset += 100) {
            assertThat(ranges.contains(offset)).isTrue();
        }
    }

    @Test
    void takesTheGreatestOffset() {
        OffsetRanges ranges = new OffsetRanges();
        ranges.add(Long.MAX_VALUE);
        ranges.add(Long.MAX_VALUE - 1);
        ranges.add(0);
        assertThat(ranges.ranges())
                .containsExactly(
                        new OffsetRange(0, 0), new OffsetRange(Long.MAX_VALUE - 1, Long.MAX_VALUE));
    }
}
