package io.github.wikiflow.dashboard;

import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.push.MessageLog;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.dashboard.standings.WindowSummary;
import io.github.wikiflow.dashboard.status.Status;
import io.github.wikiflow.dashboard.web.RankingView;
import io.github.wikiflow.dashboard.web.ViewJson;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns what is new into the events that browsers get:
 *
 * <ul>
 *   <li>{@code ranking}: a dimension's ranking in its newest window;
 *   <li>{@code window}: the summary of a window that the chart shows;
 *   <li>{@code status}: the state of the pipeline.
 * </ul>
 *
 * Rankings of older windows are not pushed: who looks at one learns from {@code window} that it
 * changed, and asks for it.
 */
final class LiveFeed {

    /** What the chart shows: a day, or fewer windows where they are short. */
    private static final Duration CHART_SPAN = Duration.ofHours(24);

    static final int CHART_WINDOWS = 1_440;

    private final RankingStore store;
    private final MessageLog log;
    private final Broadcaster broadcaster;

    /** The windows that the log has, all of one length; only used on the thread of rankings. */
    private final NavigableSet<Instant> published = new TreeSet<>();

    private Duration publishedLength = Duration.ZERO;

    LiveFeed(RankingStore store, MessageLog log, Broadcaster broadcaster) {
        this.store = store;
        this.log = log;
        this.broadcaster = broadcaster;
    }

    /** Takes rankings in and pushes what they change. Always called on the same thread. */
    void rankings(List<Ranking> rankings) {
        Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        Set<Instant> windows = new TreeSet<>();
        for (Ranking ranking : rankings) {
            if (store.apply(ranking)) {
                dimensions.add(ranking.dimension());
                windows.add(ranking.windowStart());
            }
        }
        for (Dimension dimension : dimensions) {
            store.current(dimension)
                    .filter(standing -> windows.contains(standing.ranking().windowStart()))
                    .ifPresent(
                            standing ->
                                    log.append(
                                            "ranking|" + dimension.label(),
                                            "ranking",
                                            ViewJson.write(RankingView.of(standing))));
        }
        for (Instant start : windows) {
            store.summary(start).ifPresent(this::publish);
        }
        forgetOldWindows();
        broadcaster.wake();
    }

    /** Pushes the state of the pipeline. */
    void status(Status status) {
        log.append("status", "status", ViewJson.write(status));
        broadcaster.wake();
    }

    private void publish(WindowSummary window) {
        Duration length = Duration.between(window.start(), window.end());
        if (!length.equals(publishedLength)) {
            publishedLength = length;
            published.forEach(start -> log.remove(windowKey(start)));
            published.clear();
        }
        published.add(window.start());
        log.append(windowKey(window.start()), "window", ViewJson.write(window));
    }

    private void forgetOldWindows() {
        while (published.size() > CHART_WINDOWS
                || (!published.isEmpty()
                        && published.first().isBefore(published.last().minus(CHART_SPAN)))) {
            log.remove(windowKey(published.pollFirst()));
        }
    }

    private static String windowKey(Instant start) {
        return "window|" + start;
    }
}
