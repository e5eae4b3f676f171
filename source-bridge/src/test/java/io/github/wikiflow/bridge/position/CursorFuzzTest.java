package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.testing.Mutations;
import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Whatever is in the topic of cursors is one that a bridge can go on from, or refused with the
 * exception that makes one clear line.
 */
class CursorFuzzTest {

    private static final Cursor CURSOR =
            new Cursor(
                    new UUID(1, 2),
                    42,
                    SourceKind.SIMULATED,
                    1_746_030_000_000L,
                    List.of(
                            new Cursor.LogCursor(
                                    new SourceLog("eqiad.mediawiki.recentchange", 0),
                                    1_746_030_241_001L,
                                    false,
                                    StreamPosition.UNKNOWN,
                                    List.of(new OffsetRange(5, 9), new OffsetRange(11, 11)))),
                    List.of(new UUID(3, 4)));

    private static final Mutations MUTATIONS =
            new Mutations(
                    List.of(
                            "{}",
                            "[]",
                            "null",
                            "-",
                            "1.5",
                            "1e999999999",
                            "99999999999999999999",
                            "\"",
                            "[9,5],",
                            "[1],",
                            "{},",
                            "\"kind\":\"live\",",
                            "\"logs\":1,",
                            "\\ud800"));

    @Test
    void everyInputIsACursorOrRefused() {
        Random random = new Random(Seed.draw());
        int inputs = Integer.getInteger("fuzz.inputs", 30_000);
        byte[] sample = CursorJson.write(CURSOR);
        int cursors = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] input = MUTATIONS.of(sample, random);
            try {
                goOn(CursorJson.read(input));
                cursors++;
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContainingAny("\n");
            } catch (RuntimeException | StackOverflowError e) {
                fail(new String(input, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(cursors).as("cursors among the inputs").isBetween(inputs / 100, inputs - 1);
    }

    private static void goOn(Cursor cursor) {
        Progress progress = Progress.resume(cursor, new RecentEvents(), new Completeness());
        progress.lastEventId();
        progress.resumeTime();
        CursorJson.read(CursorJson.write(progress.cursor(cursor.owner(), cursor.commit() + 1)));
    }
}
