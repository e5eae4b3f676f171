package io.github.wikiflow.archive.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimestampTest {

    @ParameterizedTest
    @CsvSource({
        "2025-12-15T10:00:01Z, 2025-12-15T10:00:01Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
        "2025-12-15T10:00:01.123Z, 2025-12-15T10:00:01.123Z",
        "2025-12-15T10:00:01.9Z, 2025-12-15T10:00:01.9Z",
        "1969-12-31T23:59:59.25Z, 1969-12-31T23:59:59.25Z",
        "2025-12-15T10:00:01.123456789Z, 2025-12-15T10:00:01.123456Z",
        "2025-12-15T10:00:01.1234567890Z, 2025-12-15T10:00:01.123456Z",
        "'2025-12-15T10:00:01,5Z', 2025-12-15T10:00:01.5Z",
        "2025-12-15T10:00:01+02:00, 2025-12-15T08:00:01Z",
        "2025-12-15T10:00:01.25-0330, 2025-12-15T13:30:01.25Z",
        "2025-12-15T10:00:01+02, 2025-12-15T08:00:01Z",
        "2025-12-15T10:00:01+00:00, 2025-12-15T10:00:01Z",
        "2025-12-15T10:00Z, 2025-12-15T10:00:00Z",
        "2025-12-15T10+0100, 2025-12-15T09:00:00Z",
        "20251215T100001Z, 2025-12-15T10:00:01Z",
        "20251215T1000+01:00, 2025-12-15T09:00:00Z",
        "'20251215T100001,123456-08', 2025-12-15T18:00:01.123456Z",
        "2025-12-15t10:00:01z, 2025-12-15T10:00:01Z",
        "2024-02-29T10:00:01-00:00, 2024-02-29T10:00:01Z",
        "1969-12-31T23:59:59Z, 1969-12-31T23:59:59Z"
    })
    void readsDateTimesWithZone(String text, Instant expected) {
        assertThat(micros(text))
                .isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2025-12-15",
                "2025-12-15T10:00:01",
                "2025-13-15T10:00:01Z",
                "2025-02-29T10:00:01Z",
                "2025-12-32T10:00:01Z",
                "2025-12-15T24:00:01Z",
                "2025-12-15T10:60:01Z",
                "2025-12-15T10:00:60Z",
                "0000-12-15T10:00:01Z",
                "2025-12-15T10:00:01.Z1",
                "2025-12-15T10:00:01ZZ",
                "2025-12-15T10:00:01+99:00",
                "2025-12-15T10:00:01+0",
                "2025-1215T10:00:01+01:00",
                "2025-02-29T10:00:01+00:00",
                "20251301T100001Z",
                "T10:00:01Z",
                "0001-01-01T00:00:00+01:00",
                "9999-12-31T23:59:59-01:00",
                "+10000-01-01T00:00:00Z",
                "２025-12-15T10:00:01Z"
            })
    void readsNothingElse(String text) {
        assertThat(micros(text)).isEqualTo(IsoTimestamp.NONE);
    }

    private static long micros(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        // What stands behind the text is another text's.
        return IsoTimestamp.micros(Arrays.copyOf(utf8, utf8.length + 10), utf8.length);
    }
}
