package io.github.wikiflow.events.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RankingOrderTest {

    @Test
    void ordersByCountThenNameThenWiki() {
        assertThat(
                        Stream.of(
                                        entry("b", 1, "enwiki"),
                                        entry("b", 1, "dewiki"),
                                        entry("b", 1, null),
                                        entry("a", 1, "enwiki"),
                                        entry("z", 2, "enwiki"))
                                .sorted(RankingEntry.ORDER))
                .containsExactly(
                        entry("z", 2, "enwiki"),
                        entry("a", 1, "enwiki"),
                        entry("b", 1, null),
                        entry("b", 1, "dewiki"),
                        entry("b", 1, "enwiki"));
    }

    @Test
    void comparesByCodePointAndNotByUtf16Unit() {
        String emoji = "😀";
        String fullWidth = "ｚ";
        assertThat(emoji.compareTo(fullWidth)).isNegative();
        assertThat(CodePointOrder.INSTANCE.compare(emoji, fullWidth)).isPositive();
    }

    @Test
    void agreesWithTheOrderOfUtf8Bytes() {
        long seed = Seed.draw();
        Random random = new Random(seed);
        int[] alphabet = {
            'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x1F600, 0x10FFFF
        };
        for (int i = 0; i < 20_000; i++) {
            String left = text(random, alphabet);
            String right = text(random, alphabet);
            assertThat(Integer.signum(CodePointOrder.INSTANCE.compare(left, right)))
                    .as("seed %d: '%s' and '%s'", seed, left, right)
                    .isEqualTo(
                            Integer.signum(
                                    Arrays.compareUnsigned(
                                            left.getBytes(StandardCharsets.UTF_8),
                                            right.getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static String text(Random random, int[] alphabet) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(4); length > 0; length--) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    private static RankingEntry entry(String name, long count, String wiki) {
        return new RankingEntry(1, name, count, 0, wiki);
    }
}
