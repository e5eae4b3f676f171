package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.bridge.position.Progress.Verdict;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bridge remembers, and why it is enough. */
class ProgressTest {

    private static final SourceLog EQIAD = new SourceLog("eqiad.mediawiki.recentchange", 0);
    private static final SourceLog CODFW = new SourceLog("codfw.mediawiki.recentchange", 0);
    private static final long TIME = 1_700_000_000_000L;
    private static final long YEAR = Duration.ofDays(365).toMillis();

    /** Of the records of events, which a bridge reads when it starts. */
    private static final int WRITTEN = 500;

    private final Completeness completeness = new Completeness();

    /** The last events that were taken, and the numbers of all. */
    private final Deque<Event> written = new ArrayDeque<>();

    private final Set<Integer> taken = new HashSet<>();

    /** An event as the source has it; its number is its identity. */
    private record Event(int number, long offset, long timestamp) {}

    @Test
    void knowsNoPositionBeforeTheFirstEvent() {
        Progress progress = begin(UNKNOWN);
        assertThat(progress.lastEventId()).isNull();
        assertThat(progress.resumeTime()).isEqualTo(UNKNOWN);
        assertThat(begin(TIME).resumeTime()).isEqualTo(TIME);
    }

    @Test
    void rewindsByTwoSecondsAndNeverBeforeItsBeginning() {
        Progress progress = begin(UNKNOWN);
        settle(progress, 1, 10, TIME);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME, TIME));
        settle(progress, 2, 11, TIME + 5_000);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME + 3_001, TIME));
        assertThat(progress.resumeTime()).isEqualTo(TIME + 3_001);
    }

    @Test
    void isNotMovedBackByStragglersNorFarAheadByOneWrongClock() {
        Progress progress = begin(UNKNOWN);
        for (int n = 0; n < 100; n++) {
            settle(progress, n, n, TIME + n);
        }
        settle(progress, 102, 102, TIME + 5_000);
        settle(progress, 103, 103, TIME - 90_000);
        settle(progress, 104, 104, TIME + YEAR);
        assertThat(progress.lastEventId()).isEqualTo(id(TIME + 3_001, TIME));
    }

    /** Of the source, since nothing here asks this computer for the time. */
    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void isNotPoisonedByAnImplausibleFirstFrame(long years) {
        Progress progress = begin(UNKNOWN);
        settle(progress, 0, 10, TIME + years * YEAR);
        progress = restart(progress);
        for (int n = 1; n <= 50; n++) {
            settle(progress, n, 10 + n, TIME + n);
        }
        assertThat(progress.resumeTime()).isBetween(TIME - Progress.REWIND.toMillis(), TIME + 1);
    }

    @Test
    void asksForALogWithoutTimestampByItsOffsetIfItHasOne() {
        Progress progress = begin(UNKNOWN);
        settle(
                progress,
                1,
                10,
                StreamPosition.parse(
                        """
                        [{"topic":"codfw.mediawiki.recentchange","partition":0,"offset":77},
                         {"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d}]"""
                                .formatted(TIME + 1)));
        assertThat(progress.lastEventId())
                .isEqualTo(
                        """
                        [{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d},\
                        {"topic":"codfw.mediawiki.recentchange","partition":0,"offset":77}]"""
                                .formatted(TIME));
    }

    @Test
    void dropsWhatItHasSettledAlsoAfterARestart() {
        Progress progress = begin(UNKNOWN);
        for (int n = 0; n < 50_000; n++) {
            assertThat(settle(progress, n, n, TIME + n / 10)).isEqualTo(Verdict.NEW);
        }
        for (Progress resumed : List.of(progress, restart(progress))) {
            for (int n = 0; n < 50_000; n++) {
                assertThat(settle(resumed, n, n, TIME + n / 10))
                        .as("event %d", n)
                        .isEqualTo(Verdict.REPEAT);
            }
        }
        assertThat(settle(restart(progress), 50_000, 50_000, TIME + 5_000)).isEqualTo(Verdict.NEW);
        assertThat(completeness.repeatsByIdentity()).isGreaterThan(WRITTEN);
        assertThat(completeness.repeatsByOffset()).isGreaterThan(50_000);
        assertThat(completeness.missing()).isZero();
    }

    /**
     * By bytes, log and time, whatever the other log's position is: the same bytes come from both,
     * at times of their own, and on another connection the logs are interleaved in another way.
     */
    @Test
    void knowsDataThatSaysNothingOfItselfByItsOwnLogsTime() {
        Progress progress = begin(TIME);
        List<Unplaced> eqiad = List.of(new Unplaced("[]", 10), new Unplaced("[]", 30));
        List<Unplaced> codfw =
                List.of(new Unplaced("[]", 11), new Unplaced("{", 12), new Unplaced("[]", 15));
        long eqiadAt = 0;
        long codfwAt = 0;
        for (Unplaced event : List.of(eqiad.get(0), eqiad.get(1))) {
            eqiadAt = event.time();
            assertThat(settle(progress, event, eqiadAt, codfwAt)).isEqualTo(Verdict.NEW);
        }
        for (Unplaced event : codfw) {
            codfwAt = event.time();
            assertThat(settle(progress, event, eqiadAt, codfwAt))
                    .as("%s, with the other log ahead", event)
                    .isEqualTo(Verdict.NEW);
        }

        for (Progress again : List.of(progress, restart(progress))) {
            again.connected(SourceKind.LIVE);
            long reached = 0;
            for (Unplaced event : codfw) {
                reached = event.time();
                assertThat(settle(again, event, 0, reached)).isEqualTo(Verdict.REPEAT);
            }
            for (Unplaced event : eqiad) {
                assertThat(settle(again, event, event.time(), reached))
                        .as("%s, with the other log elsewhere", event)
                        .isEqualTo(Verdict.REPEAT);
            }
            assertThat(settle(again, new Unplaced("[]", 31), 31, reached)).isEqualTo(Verdict.NEW);
        }
    }

    /** Half of all neighbours share a millisecond, and so do two pieces of garbage now and then. */
    @Test
    void tellsEqualDataOfOneMillisecondApart() {
        Progress progress = begin(TIME);
        List<Unplaced> events =
                List.of(
                        new Unplaced("42", 10),
                        new Unplaced("42", 10),
                        new Unplaced("[]", 10),
                        new Unplaced("42", 10),
                        new Unplaced("42", 11));
        for (Unplaced event : events) {
            assertThat(settle(progress, event, event.time(), 0)).isEqualTo(Verdict.NEW);
        }

        for (Unplaced event : events) {
            assertThat(settle(progress, event, event.time(), 0))
                    .as("%s, repeated on the connection", event)
                    .isEqualTo(Verdict.REPEAT);
        }
        for (Progress again : List.of(progress, restart(progress))) {
            again.connected(SourceKind.LIVE);
            for (Unplaced event : events) {
                assertThat(settle(again, event, event.time(), 0))
                        .as("%s, on another connection", event)
                        .isEqualTo(Verdict.REPEAT);
            }
            assertThat(settle(again, new Unplaced("42", 11), 11, 0)).isEqualTo(Verdict.NEW);
        }
    }

    private record Unplaced(String data, long time) {}

    /**
     * Settles data that says nothing of itself.
     *
     * @param eqiad how far that log's position is, in milliseconds; 0 for not at all
     * @param codfw the same
     */
    private static Verdict settle(Progress progress, Unplaced event, long eqiad, long codfw) {
        List<StreamPosition.Entry> entries = new ArrayList<>();
        entries.add(entry(EQIAD, eqiad));
        entries.add(entry(CODFW, codfw));
        return progress.settle(
                event.data().getBytes(StandardCharsets.UTF_8),
                null,
                null,
                new StreamPosition(entries));
    }

    private static StreamPosition.Entry entry(SourceLog log, long time) {
        return new StreamPosition.Entry(log, time == 0 ? UNKNOWN : TIME + time + 1, UNKNOWN);
    }

    /** Whatever the source leaves out, and however much of it says nothing of itself. */
    @Test
    void keepsItsCursorBelowAKilobyte() {
        Progress progress = begin(TIME);
        Random random = new Random(1);
        long offset = 5_000_000_000L;
        for (int n = 0; n < 5_000; n++) {
            offset += random.nextInt(10) == 0 ? 1 + random.nextInt(1_000) : 1;
            settle(progress, n, offset, TIME + n);
            progress.settle(
                    ("garbage " + n).getBytes(StandardCharsets.UTF_8),
                    null,
                    null,
                    position(TIME + n));
            String codfw = "codfw.mediawiki.recentchange";
            progress.settle(
                    new byte[0],
                    new UUID(9, n).toString(),
                    new Place(new SourceLog(codfw, 0), offset),
                    StreamPosition.parse(
                            "[{\"topic\":\"%s\",\"partition\":0,\"timestamp\":%d}]"
                                    .formatted(codfw, TIME + n)));
            assertThat(CursorJson.write(progress.cursor(UUID.randomUUID(), n)))
                    .hasSizeLessThan(1_000);
        }
    }

    /** As Kafka finds it: everything from the first event that has the timestamp or a later one. */
    @Test
    void dropsExactlyWhatComesAgainWhenTimestampsRunOutOfOrder() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>();
            for (int n = 0; n < 3_000; n++) {
                events.add(new Event(n, n, time(n, random)));
            }
            readWithInterruptions(events, begin(UNKNOWN), random, "seed " + seed);
            assertThat(completeness.missing()).as("seed %d", seed).isZero();
        }
    }

    /**
     * Wherever the log begins to count anew, also at offsets that it had before; a restart, which
     * takes the bridge's memory, may come at the same time.
     */
    @Test
    void losesAndRepeatsNothingWhenTheSourceCountsAnew() {
        for (long seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            long first = random.nextBoolean() ? 5_000_000_000L : 4_000;
            int count = 1_000 + random.nextInt(2_000);
            List<Event> events = new ArrayList<>();
            for (int n = 0; n < count; n++) {
                events.add(new Event(n, first + n, time(n, random)));
            }
            Progress progress =
                    readWithInterruptions(events, begin(UNKNOWN), random, "seed " + seed);
            // The other copy of the log has the same events, with other numbers.
            long less = random.nextInt(4) == 0 ? first : 1 + random.nextInt(count);
            long shift = random.nextInt(4) == 0 ? less : -less;
            events.replaceAll(e -> new Event(e.number(), e.offset() + shift, e.timestamp()));
            for (int n = count; n < 2 * count; n++) {
                events.add(new Event(n, first + n + shift, time(n, random)));
            }
            readWithInterruptions(
                    events,
                    random.nextBoolean() ? progress : restart(progress),
                    random,
                    "seed %d, by %d".formatted(seed, shift));
            assertThat(completeness.missing()).as("seed %d", seed).isZero();
        }
        assertThat(completeness.restartedLogs()).isGreaterThan(40);
    }

    @Test
    void countsGapsRepeatsAndLateArrivals() {
        Progress progress = begin(UNKNOWN);
        settle(progress, 1, 100, TIME);
        settle(progress, 2, 101, TIME);
        settle(progress, 5, 104, TIME);
        settle(progress, 2, 101, TIME);
        assertThat(settle(progress, 3, 102, TIME)).isEqualTo(Verdict.NEW);
        assertThat(completeness.missing()).isEqualTo(2);
        assertThat(completeness.repeatsByIdentity()).isEqualTo(1);
        assertThat(completeness.repeatsByOffset()).isZero();
        assertThat(completeness.lateArrivals()).isEqualTo(1);
        assertThat(completeness.restartedLogs()).isZero();
    }

    @Test
    void countsAGapAcrossARestart() {
        Progress progress = begin(UNKNOWN);
        settle(progress, 1, 100, TIME);
        settle(restart(progress), 2, 111, TIME + 1);
        assertThat(completeness.missing()).isEqualTo(10);
    }

    @Test
    void forgetsLogsThatTheServiceNoLongerNames() {
        Progress progress = begin(UNKNOWN);
        settle(progress, 1, 10, TIME);
        progress.refused();
        settle(
                progress,
                2,
                11,
                StreamPosition.parse(
                        "[{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0,\"timestamp\":%d}]"
                                .formatted(TIME + 2)));
        assertThat(progress.lastEventId()).doesNotContain("codfw");
    }

    /** Anybody could have written what stands in an event. */
    @Test
    void asksForNoLogThatOnlyAnEventNames() {
        Progress progress = begin(UNKNOWN);
        settle(progress, 1, 10, TIME);
        String before = progress.lastEventId();
        Place elsewhere = new Place(new SourceLog("elsewhere", 0), 5);
        byte[] data = {1};
        assertThat(progress.settle(data, "", elsewhere, position(TIME))).isEqualTo(Verdict.NEW);
        progress.connected(SourceKind.LIVE);
        assertThat(progress.settle(data, "", elsewhere, position(TIME))).isEqualTo(Verdict.REPEAT);
        assertThat(progress.lastEventId()).isEqualTo(before);
    }

    @Test
    void keepsApartEventsThatShareAnIdWhichIsNone() {
        Progress progress = begin(UNKNOWN);
        long offset = 10;
        for (String id : new String[] {"", "", "REDACTED", "REDACTED", null, null}) {
            offset++;
            byte[] data = ("{\"meta\":{\"id\":" + id + "}}").getBytes(StandardCharsets.UTF_8);
            Place place = new Place(EQIAD, offset);
            assertThat(progress.settle(data, id, place, position(TIME))).isEqualTo(Verdict.NEW);
            assertThat(progress.settle(data, id, place, position(TIME))).isEqualTo(Verdict.REPEAT);
        }
    }

    /** The lines of a file are numbered, and nothing that stands in them is believed. */
    @Test
    void takesEveryLineOfAReplayOnce() {
        Progress progress = Progress.begin(UNKNOWN, completeness);
        progress.connected(SourceKind.REPLAY);
        assertThat(settleLine(progress, 0)).isEqualTo(Verdict.NEW);
        assertThat(settleLine(progress, 1)).isEqualTo(Verdict.NEW);
        assertThat(settleLine(progress, 0)).isEqualTo(Verdict.REPEAT);
        assertThat(settleLine(progress, 1)).isEqualTo(Verdict.REPEAT);
        progress = restart(progress);
        assertThat(progress.lastEventId())
                .isEqualTo("[{\"topic\":\"replay-1\",\"partition\":0,\"offset\":2}]");
        assertThat(settleLine(progress, 1)).isEqualTo(Verdict.REPEAT);
        assertThat(settleLine(progress, 2)).isEqualTo(Verdict.NEW);
        assertThat(settleLine(progress, 4)).isEqualTo(Verdict.NEW);
        assertThat(completeness.missing()).isEqualTo(1);
        assertThat(progress.isOfAnotherReplay(line("replay-1", 5))).isFalse();
        assertThat(progress.isOfAnotherReplay(line("replay-2", 5))).isTrue();
    }

    private static Verdict settleLine(Progress progress, long number) {
        Place place = new Place(EQIAD, 7);
        return progress.settle(
                new byte[0], new UUID(1, 1).toString(), place, line("replay-1", number));
    }

    private static StreamPosition line(String log, long number) {
        return StreamPosition.parse(
                "[{\"topic\":\"%s\",\"partition\":0,\"offset\":%d}]".formatted(log, number + 1));
    }

    /**
     * Reads all events over connections that end somewhere, each beginning where the service would
     * begin, some after a restart: all must be taken once.
     */
    private Progress readWithInterruptions(
            List<Event> events, Progress progress, Random random, String description) {
        Progress present = progress;
        int next = present.resumeTime() == UNKNOWN ? 0 : firstFrom(events, present.resumeTime());
        while (next < events.size()) {
            present.connected(SourceKind.LIVE);
            int end = Math.min(events.size(), next + 1 + random.nextInt(800));
            Verdict verdict = Verdict.NEW;
            while (next < end && verdict != Verdict.READ_AGAIN) {
                Event event = events.get(next++);
                boolean isTaken = taken.contains(event.number());
                verdict = settle(present, event);
                if (verdict == Verdict.NEW && isTaken) {
                    throw new AssertionError(description + ": " + event + " is taken twice");
                }
            }
            present = random.nextInt(3) == 0 ? restart(present) : present;
            if (next < events.size() || verdict == Verdict.READ_AGAIN) {
                next = firstFrom(events, present.resumeTime());
            }
        }
        assertThat(events.stream().filter(event -> !taken.contains(event.number())))
                .as("%s: what is lost", description)
                .isEmpty();
        return present;
    }

    private static int firstFrom(List<Event> events, long timestamp) {
        int index = 0;
        while (index < events.size() && events.get(index).timestamp() < timestamp) {
            index++;
        }
        return index;
    }

    private static long time(int number, Random random) {
        return TIME + number * 7L - (random.nextInt(3) == 0 ? random.nextInt(90_000) : 0);
    }

    private Progress begin(long since) {
        written.clear();
        taken.clear();
        Progress progress = Progress.begin(since, completeness);
        progress.connected(SourceKind.LIVE);
        return progress;
    }

    private Verdict settle(Progress progress, int number, long offset, long timestamp) {
        return settle(progress, new Event(number, offset, timestamp));
    }

    private Verdict settle(Progress progress, Event event) {
        Verdict verdict =
                settle(progress, event.number(), event.offset(), position(event.timestamp()));
        if (verdict == Verdict.NEW) {
            taken.add(event.number());
            written.addLast(event);
            if (written.size() > WRITTEN) {
                written.removeFirst();
            }
        }
        return verdict;
    }

    private static Verdict settle(
            Progress progress, int number, long offset, StreamPosition position) {
        return progress.settle(
                new byte[0], new UUID(1, number).toString(), new Place(EQIAD, offset), position);
    }

    private static StreamPosition position(long timestamp) {
        return new StreamPosition(
                List.of(
                        new StreamPosition.Entry(EQIAD, timestamp + 1, UNKNOWN),
                        new StreamPosition.Entry(CODFW, UNKNOWN, UNKNOWN)));
    }

    private Progress restart(Progress progress) {
        byte[] cursor = CursorJson.write(progress.cursor(new UUID(0, 0), 1));
        RecentEvents recent = new RecentEvents();
        for (Event event : written) {
            recent.add(new UUID(1, event.number()), new Place(EQIAD, event.offset()));
        }
        Progress resumed = Progress.resume(CursorJson.read(cursor), recent, completeness);
        resumed.connected(progress.kind());
        return resumed;
    }

    private static String id(long eqiad, long codfw) {
        return """
                [{"topic":"eqiad.mediawiki.recentchange","partition":0,"timestamp":%d},\
                {"topic":"codfw.mediawiki.recentchange","partition":0,"timestamp":%d}]"""
                .formatted(eqiad, codfw);
    }
}
