package io.github.wikiflow.quickstart;

import io.github.wikiflow.dashboard.follow.RankingFollower;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.source.SourceKind;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prints one line every few seconds that shows whether the pipeline lives: how many events came in
 * and how fast, how far event time has come, how many rows the lake has, and who leads the newest
 * ranking.
 */
final class Heartbeat implements AutoCloseable {

    private static final int NAME_SHOWN = 40;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final SourceKind kind;
    private final LongSupplier eventsIn;
    private final LakeRows lake;
    private final Supplier<List<String>> problems;
    private final PrintStream console;
    private final RankingFollower follower;
    private final ScheduledExecutorService ticks =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "heartbeat");
                        thread.setDaemon(true);
                        return thread;
                    });

    /** Owned by the tick's thread. */
    private long lastEventsIn;

    /** Owned by the tick's thread; {@link System#nanoTime}. */
    private long lastTick = System.nanoTime();

    /** Written by the follower's thread, read by the tick's; null before the first ranking. */
    private volatile @Nullable Ranking newest;

    private Heartbeat(
            SourceKind kind,
            LongSupplier eventsIn,
            LakeRows lake,
            Supplier<List<String>> problems,
            Properties kafka,
            PrintStream console) {
        this.kind = kind;
        this.problems = problems;
        this.eventsIn = eventsIn;
        this.lake = lake;
        this.console = console;
        this.follower =
                RankingFollower.start(
                        kafka,
                        Topic.RANKINGS.defaultName(),
                        (rankings, newestTimestamp) -> remember(rankings));
    }

    /**
     * Starts to print.
     *
     * @param kind of which kind the events are
     * @param eventsIn how many events the bridge has forwarded since its start
     * @param problems a line for whatever is not well, printed below
     * @param kafka how to reach Kafka, for the rankings
     */
    static Heartbeat start(
            SourceKind kind,
            LongSupplier eventsIn,
            LakeRows lake,
            Supplier<List<String>> problems,
            Properties kafka,
            Duration interval,
            PrintStream console) {
        Heartbeat heartbeat = new Heartbeat(kind, eventsIn, lake, problems, kafka, console);
        heartbeat.ticks.scheduleAtFixedRate(
                heartbeat::print, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return heartbeat;
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        follower.close();
    }

    private void remember(List<Ranking> rankings) {
        for (Ranking ranking : rankings) {
            Ranking known = newest;
            if (ranking.dimension() == Dimension.USERS
                    && (known == null || !ranking.windowStart().isBefore(known.windowStart()))) {
                newest = ranking;
            }
        }
    }

    private void print() {
        long now = System.nanoTime();
        long events = eventsIn.getAsLong();
        double perSecond = (events - lastEventsIn) * 1e9 / Math.max(1, now - lastTick);
        lastEventsIn = events;
        lastTick = now;
        Ranking ranking = newest;
        console.printf(
                Locale.ROOT,
                "%s  %,d %s events in, %.0f/s  watermark %s  %s  %s%n",
                TIME.format(Instant.now()),
                events,
                kind.label(),
                perSecond,
                ranking == null || ranking.watermark() == null
                        ? "-"
                        : TIME.format(ranking.watermark()),
                rows(),
                ranking == null ? "no ranking yet" : leader(ranking));
        problems.get().forEach(problem -> console.println("          " + problem));
    }

    private String rows() {
        try {
            return String.format(Locale.ROOT, "%,d rows in the lake", lake.count());
        } catch (IOException e) {
            return "lake not readable: " + e.getMessage();
        }
    }

    private static String leader(Ranking ranking) {
        String state = ranking.isFinal() ? "final" : ranking.pane().label().replace('_', ' ');
        if (ranking.top().isEmpty()) {
            return "window %s (%s)".formatted(TIME.format(ranking.windowStart()), state);
        }
        RankingEntry first = ranking.top().get(0);
        return "window %s (%s): %s %,d"
                .formatted(
                        TIME.format(ranking.windowStart()),
                        state,
                        printable(first.name(), NAME_SHOWN),
                        first.count());
    }

    /**
     * Text from strangers, such as names, of which so much is shown: nothing in it may move the
     * cursor or change the direction of writing.
     */
    static String printable(String name, int shown) {
        StringBuilder safe = new StringBuilder();
        name.codePoints()
                .limit(shown)
                .forEach(
                        point -> {
                            int type = Character.getType(point);
                            boolean unsafe =
                                    Character.isISOControl(point)
                                            || type == Character.FORMAT
                                            || type == Character.SURROGATE
                                            || type == Character.LINE_SEPARATOR
                                            || type == Character.PARAGRAPH_SEPARATOR;
                            safe.appendCodePoint(unsafe ? '?' : point);
                        });
        return safe.toString();
    }
}
