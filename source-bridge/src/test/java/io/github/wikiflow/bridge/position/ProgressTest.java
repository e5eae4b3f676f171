package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final SourceLog EQIAD = new SourceLog("eqiad.mediawiki.recentchange", 0);
    private static final long TIME = 1_700_000_000_000L;
    private static final long NOW = TIME + 1_000_000;

    private final Completeness completeness = new Completeness();

    @Test
    void knowsNoPositionBeforeTheFirstEvent() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        assertThat(progress.lastEventId()).isNull();
        assertThat(progress.resumeTime()).isEqualTo(UNKNOWN);
        assertThat(Progress.begin(TIME, completeness).resumeTime()).isEqualTo(TIME);
    }

    @Test
    void rewindsByTwoSecondsAndNeverBeforeItsBeginning() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        settle(progress, 1, 10, TIME);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME, TIME));
        settle(progress, 2, 11, TIME + 5_000);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME + 3_001, TIME));
        assertThat(progress.resumeTime()).isEqualTo(TIME + 3_001);
    }

    @Test
    void isNotMovedBackByStragglersNorFarAheadByWrongClocks() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        settle(progress, 1, 10, TIME);
        settle(progress, 2, 11, TIME + 5_000);
        settle(progress, 3, 12, TIME - 90_000);
        settle(progress, 4, 13, NOW + Progress.PLAUSIBLE_LEAD.toMillis() + 1);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME + 3_001, TIME));
    }

    @Test
    void asksForALogWithoutTimestampByItsOffsetIfItHasOne() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        progress.settle(
                new UUID(0, 1),
                EQIAD,
                10,
                StreamPosition.parse(
                        """
                        [{"topic":"codfw.mediawiki.recentchange","partition":0,"offset":77},
                         {"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d}]"""
                                .formatted(TIME + 1)),
                NOW);
        assertThat(progress.lastEventId())
                .isEqualTo(
                        """
                        [{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d},\
                        {"topic":"codfw.mediawiki.recentchange","partition":0,"offset":77}]"""
                                .formatted(TIME));
    }

    @Test
    void dropsWhatItHasSettledAlsoAfterARestart() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        for (int n = 0; n < 5_000; n++) {
            assertThat(settle(progress, n, n, TIME + n)).isTrue();
        }
        for (Progress resumed : List.of(progress, restart(progress))) {
            for (int n = 0; n < 5_000; n++) {
                assertThat(settle(resumed, n, n, TIME + n)).as("event %d", n).isFalse();
            }
            assertThat(settle(restart(resumed), 5_000, 5_000, TIME + 5_000)).isTrue();
        }
    }

    @Test
    void keepsItsCursorSmallHoweverDenseTheEvents() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        for (int n = 0; n < 50_000; n++) {
            settle(progress, n, n, TIME);
        }
        assertThat(CursorJson.write(progress.cursor(new UUID(0, 0), 1))).hasSizeLessThan(90_000);
        Progress resumed = restart(progress);
        for (int n = 0; n < 50_000; n++) {
            assertThat(settle(resumed, n, n, TIME)).as("event %d", n).isFalse();
        }
        assertThat(settle(resumed, 50_000, 50_000, TIME)).isTrue();
    }

    @Test
    void forgetsWhatWillNotComeAgain() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        for (int n = 0; n < 10_000; n++) {
            settle(progress, n, n, TIME + n * 5L);
        }
        List<UUID> remembered = progress.cursor(new UUID(0, 0), 1).logs().get(0).settled();
        assertThat(remembered).hasSizeBetween(400, 402).endsWith(new UUID(0, 9_999));
    }

    /** As Kafka finds it: everything from the first event that has the timestamp or a later one. */
    @Test
    void dropsExactlyWhatComesAgainWhenTimestampsRunOutOfOrder() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Progress progress = Progress.begin(UNKNOWN, completeness);
            long[] times = new long[3_000];
            for (int n = 0; n < times.length; n++) {
                times[n] = TIME + n * 7L - (random.nextInt(3) == 0 ? random.nextInt(90_000) : 0);
            }
            int next = 0;
            while (next < times.length) {
                int read = Math.min(times.length, next + random.nextInt(400));
                for (; next < read; next++) {
                    assertThat(settle(progress, next, next, times[next]))
                            .as("seed %d, event %d", seed, next)
                            .isTrue();
                }
                progress = random.nextBoolean() ? progress : restart(progress);
                long from = progress.resumeTime();
                int again = 0;
                while (again < times.length && times[again] < from) {
                    again++;
                }
                assertThat(again).as("seed %d loses events", seed).isLessThanOrEqualTo(next);
                for (; again < next; again++) {
                    assertThat(settle(progress, again, again, times[again]))
                            .as("seed %d, repeat of %d", seed, again)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void countsGapsRepeatsAndLateArrivals() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        settle(progress, 1, 100, TIME);
        settle(progress, 2, 101, TIME);
        settle(progress, 5, 104, TIME);
        settle(progress, 2, 101, TIME);
        settle(progress, 3, 102, TIME);
        assertThat(completeness.missing()).isEqualTo(2);
        assertThat(completeness.repeats()).isEqualTo(1);
        assertThat(completeness.lateArrivals()).isEqualTo(1);
    }

    @Test
    void countsAGapAcrossARestart() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        settle(progress, 1, 100, TIME);
        settle(restart(progress), 2, 111, TIME + 1);
        assertThat(completeness.missing()).isEqualTo(10);
    }

    @Test
    void goesOnWhenTheSourceCountsAnew() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        for (int n = 0; n < 3_000; n++) {
            settle(progress, n, 1_000_000 + n, TIME + n);
        }
        for (int n = 3_000; n < 6_000; n++) {
            assertThat(settle(progress, n, n - 3_000, TIME + n)).as("event %d", n).isTrue();
        }
        assertThat(completeness.restartedLogs()).isEqualTo(1);
        assertThat(completeness.missing()).isZero();
    }

    @Test
    void forgetsLogsThatTheServiceNoLongerNames() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        settle(progress, 1, 10, TIME);
        progress.refused();
        progress.settle(
                new UUID(0, 2),
                EQIAD,
                11,
                StreamPosition.parse(
                        "[{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0,\"timestamp\":%d}]"
                                .formatted(TIME + 2)),
                NOW);
        assertThat(progress.lastEventId()).doesNotContain("codfw");
    }

    private static boolean settle(Progress progress, int number, long offset, long timestamp) {
        StreamPosition position =
                StreamPosition.parse(
                        """
                        [{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d},
                         {"topic":"codfw.mediawiki.recentchange","partition":0,"offset":-1}]"""
                                .formatted(timestamp + 1));
        return progress.settle(new UUID(0, number), EQIAD, offset, position, NOW);
    }

    private Progress restart(Progress progress) {
        byte[] cursor = CursorJson.write(progress.cursor(new UUID(0, 0), 1));
        return Progress.resume(CursorJson.read(cursor), completeness);
    }

    private static String id(long eqiad, long codfw) {
        return """
                [{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d},\
                {"topic":"codfw.mediawiki.recentchange","partition":0,"timestamp":%d}]"""
                .formatted(eqiad, codfw);
    }
}
