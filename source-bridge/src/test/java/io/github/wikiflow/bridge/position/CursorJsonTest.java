package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pins the bytes: a cursor written by one release is read by the next. */
class CursorJsonTest {

    private static final Cursor CURSOR =
            new Cursor(
                    new UUID(1, 2),
                    42,
                    SourceKind.REPLAY,
                    1_746_030_000_000L,
                    List.of(
                            new LogCursor(
                                    new SourceLog("eqiad.mediawiki.recentchange", 0),
                                    1_746_030_241_001L,
                                    StreamPosition.UNKNOWN,
                                    5_000_000_012L,
                                    5_000_000_009L,
                                    List.of(new UUID(3, 4), new UUID(5, 6))),
                            new LogCursor(
                                    new SourceLog("codfw.mediawiki.recentchange", 0),
                                    StreamPosition.UNKNOWN,
                                    7,
                                    StreamPosition.UNKNOWN,
                                    StreamPosition.UNKNOWN,
                                    List.of())));

    private static final String JSON =
            """
            {"version":2,"owner":"00000000-0000-0001-0000-000000000002","commit":42,"kind":"replay","since":1746030000000,\
            "logs":[{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":1746030241001,\
            "nextOffset":5000000012,"settledThrough":5000000009,\
            "settled":["00000000-0000-0003-0000-000000000004","00000000-0000-0005-0000-000000000006"]},\
            {"topic":"codfw.mediawiki.recentchange","partition":0,"offset":7,"settled":[]}]}""";

    @Test
    void writesTheSameBytesAsEver() {
        assertThat(new String(CursorJson.write(CURSOR), StandardCharsets.UTF_8)).isEqualTo(JSON);
    }

    @Test
    void readsWhatItWrote() {
        assertThat(CursorJson.read(JSON.getBytes(StandardCharsets.UTF_8))).isEqualTo(CURSOR);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(
                        () -> CursorJson.read("{\"version\":1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a cursor of version 1, where this release reads version 2");
        assertThatThrownBy(() -> CursorJson.read("cursor".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
