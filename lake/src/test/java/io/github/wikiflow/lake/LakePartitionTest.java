package io.github.wikiflow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakePartitionTest {

    private static final long NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();

    @Test
    void isTheDayInUtcAndTheServer() {
        assertThat(LakePartition.of(NEW_YEAR - 1, "en.wikipedia.org").folder())
                .isEqualTo("change_timestamp_date=2025-12-31/server_name=en.wikipedia.org");
        assertThat(LakePartition.of(NEW_YEAR, "en.wikipedia.org").folder())
                .isEqualTo("change_timestamp_date=2026-01-01/server_name=en.wikipedia.org");
    }

    @Test
    void spansTheYearsOfChanges() {
        assertThat(LakePartition.of(0, "a").folder()).contains("=1970-01-01/");
        assertThat(LakePartition.of(253_402_300_799L, "a").folder()).contains("=9999-12-31/");
    }

    @Test
    void aMissingServerHasTheFolderOfNull() {
        assertThat(server(null)).isEqualTo("__HIVE_DEFAULT_PARTITION__");
        assertThat(server("")).isEqualTo("__HIVE_DEFAULT_PARTITION__");
    }

    @ParameterizedTest
    @CsvSource({
        "../../etc/passwd, %2E%2E%2F.%2E%2Fetc%2Fpasswd",
        "., %2E",
        "a..b, a.%2Eb",
        "a=b, a%3Db",
        "a:b, a%3Ab",
        "a\\b, a%5Cb",
        "100%, 100%25",
        "%2F, %252F",
        "a b, a%20b",
        "*?[]{}, %2A%3F%5B%5D%7B%7D",
        "ä, %C3%A4",
        "null, %6Eull",
        "NULL, %4EULL",
        "__HIVE_DEFAULT_PARTITION__, %5F_HIVE_DEFAULT_PARTITION__"
    })
    void escapesWhatIsNotPlain(String name, String escaped) {
        assertThat(server(name)).isEqualTo(escaped);
    }

    @Test
    void escapesControlCharacters() {
        assertThat(server("a\u0000b\nc\u007f")).isEqualTo("a%00b%0Ac%7F");
    }

    @Test
    void givesEachNameOfAnyLengthAFolderOfItsOwnThatCanBeMade() {
        String longest = server("a".repeat(243));
        String longer = server("a".repeat(244));
        String other = server("a".repeat(243) + "b");
        assertThat(longest).isEqualTo("a".repeat(243));
        assertThat(longer).hasSizeLessThanOrEqualTo(243).startsWith("aaa").contains("~");
        assertThat(other).hasSizeLessThanOrEqualTo(243).isNotEqualTo(longer);
        for (int length = 70; length < 90; length++) {
            assertThat(server("/".repeat(length)))
                    .hasSizeLessThanOrEqualTo(243)
                    .matches("(%2F)+(~[0-9a-f]{32})?");
        }
    }

    @Test
    void neverLeavesItsFolder() {
        long seed = Seed.draw();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            String name =
                    random.ints(random.nextInt(40), 0, 0x300)
                            .mapToObj(Character::toString)
                            .collect(Collectors.joining());
            assertThat(LakePartition.of(0, name).folder().getBytes(StandardCharsets.UTF_8))
                    .as("seed %d, name %s", seed, name)
                    .asString(StandardCharsets.US_ASCII)
                    .matches(
                            "change_timestamp_date=1970-01-01/server_name="
                                    + "([a-zA-Z0-9_~-]|%[0-9A-F]{2}|(?<![.=])[.])+");
        }
    }

    private static String server(String name) {
        String folder = LakePartition.of(NEW_YEAR, name).folder();
        return folder.substring(folder.indexOf("server_name=") + "server_name=".length());
    }
}
