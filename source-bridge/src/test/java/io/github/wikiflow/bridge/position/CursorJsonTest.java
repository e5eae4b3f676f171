package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pins the bytes: a cursor written by one release is read by the next. */
class CursorJsonTest {

    private static final Cursor CURSOR =
            new Cursor(
                    new UUID(1, 2),
                    42,
                    SourceKind.SIMULATED,
                    1_746_030_000_000L,
                    List.of(
                            new LogCursor(
                                    new SourceLog("eqiad.mediawiki.recentchange", 0),
                                    1_746_030_241_001L,
                                    false,
                                    StreamPosition.UNKNOWN,
                                    List.of(
                                            new OffsetRange(5_000_000_000L, 5_000_000_009L),
                                            new OffsetRange(5_000_000_011L, 5_000_000_011L))),
                            new LogCursor(
                                    new SourceLog("codfw.mediawiki.recentchange", 0),
                                    StreamPosition.UNKNOWN,
                                    true,
                                    7,
                                    List.of())),
                    List.of(new UUID(3, 4), new UUID(5, 6)));

    private static final String JSON =
            """
            {"version":2,"owner":"00000000-0000-0001-0000-000000000002","commit":42,"kind":"simulated","since":1746030000000,\
            "logs":[{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":1746030241001,\
            "settled":[[5000000000,5000000009],[5000000011,5000000011]]},\
            {"topic":"codfw.mediawiki.recentchange","partition":0,"unsure":true,"offset":7,"settled":[]}],\
            "unplaced":"AAAAAAAAAAMAAAAAAAAABAAAAAAAAAAFAAAAAAAAAAY="}""";

    @Test
    void writesTheSameBytesAsEver() {
        assertThat(new String(CursorJson.write(CURSOR), StandardCharsets.UTF_8)).isEqualTo(JSON);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(CursorJson.read(JSON.getBytes(StandardCharsets.UTF_8))).isEqualTo(CURSOR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cursor",
                "null",
                "{}",
                "[2]",
                "{\"version\":1}",
                "{\"version\":2}",
                "{\"version\":2,\"owner\":\"a\",\"commit\":1,\"unplaced\":\"\"}",
                "{\"version\":2,\"owner\":\"00000000-0000-0001-0000-000000000002\",\"commit\":1,\"unplaced\":\"AA==\"}",
                "{\"version\":2,\"owner\":\"00000000-0000-0001-0000-000000000002\",\"commit\":1,\"unplaced\":\"\",\"logs\":[{}]}",
                "{\"version\":2,\"owner\":\"00000000-0000-0001-0000-000000000002\",\"commit\":1,\"unplaced\":\"\",\"kind\":\"dreamt\"}"
            })
    void refusesWhatItDoesNotUnderstand(String value) {
        assertThatThrownBy(() -> CursorJson.read(value.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
