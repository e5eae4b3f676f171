package io.github.wikiflow.dashboard;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A day of made-up rankings that looks like a day of Wikipedia: a few busy bots, many people, more
 * to do in the evening. Every name is invented. The same seed gives the same day.
 */
public final class GeneratedDay {

    private static final Duration LENGTH = Duration.ofMinutes(10);
    private static final int PLACES = 10;

    private static final List<RankingEntry> USERS =
            List.of(
                    SampleRankings.bot("SampleArchiveBot", 2900),
                    SampleRankings.bot("LinkMenderBot", 1700),
                    SampleRankings.entry("Quillfeather", 1150),
                    SampleRankings.bot("ExampleDataBot", 980),
                    SampleRankings.entry("Mara of the Marsh", 820),
                    SampleRankings.entry("稲穂の記録係", 640),
                    SampleRankings.entry("~2026-40857-91", 520),
                    SampleRankings.entry("كاتب الأمثلة", 470),
                    SampleRankings.bot("TypoHunterBot", 430),
                    SampleRankings.entry("Öresundsskrivaren", 390),
                    SampleRankings.entry("2001:db8::7a31", 350),
                    SampleRankings.entry("Lighthouse Keeper 12", 330),
                    SampleRankings.entry("Пример Писатель", 310),
                    SampleRankings.entry("A&B (editor)!", 290));

    private static final List<RankingEntry> PAGES =
            List.of(
                    SampleRankings.page("wikidatawiki", "Q99999901", 96),
                    SampleRankings.page("enwiki", "2026 Example Cup", 82),
                    SampleRankings.page("commonswiki", "File:A lighthouse at dusk.jpg", 61),
                    SampleRankings.page("dewiki", "Beispielstadt", 55),
                    SampleRankings.page("jawiki", "見本の山", 47),
                    SampleRankings.page("frwiki", "Discussion:Exemple", 44),
                    SampleRankings.page("enwiki", "Talk:List of sample rivers", 39),
                    SampleRankings.page("arwiki", "مثال", 35),
                    SampleRankings.page("enwiktionary", "sample", 33),
                    SampleRankings.page("eswiki", "Faro de Ejemplo", 30),
                    SampleRankings.page("ruwiki", "Пример", 28),
                    SampleRankings.page("metawiki", "Sample requests", 25));

    private static final List<RankingEntry> WIKIS =
            List.of(
                    SampleRankings.entry("wikidatawiki", 7100),
                    SampleRankings.entry("commonswiki", 5400),
                    SampleRankings.entry("enwiki", 3900),
                    SampleRankings.entry("dewiki", 900),
                    SampleRankings.entry("frwiki", 850),
                    SampleRankings.entry("ruwiki", 640),
                    SampleRankings.entry("jawiki", 480),
                    SampleRankings.entry("eswiki", 460),
                    SampleRankings.entry("itwiki", 400),
                    SampleRankings.entry("zhwiki", 380),
                    SampleRankings.entry("enwiktionary", 300),
                    SampleRankings.entry("arwiki", 260));

    private final Random random;
    private final Map<String, Long> revisions = new HashMap<>();

    public GeneratedDay(long seed) {
        random = new Random(seed);
    }

    /** The closed windows of the day before the one that starts at this instant, oldest first. */
    public List<Ranking> before(Instant current) {
        List<Ranking> rankings = new ArrayList<>();
        for (int back = 144; back > 0; back--) {
            Instant start = current.minus(LENGTH.multipliedBy(back));
            for (Dimension dimension : Dimension.values()) {
                rankings.add(
                        ranking(
                                dimension,
                                start,
                                1,
                                back > 2 ? Pane.ON_TIME : back == 2 ? Pane.LATE : Pane.ON_TIME,
                                back > 2));
            }
        }
        return rankings;
    }

    /**
     * The open window.
     *
     * @param passed how much of it has passed, 0 to 1
     */
    public List<Ranking> open(Instant start, double passed) {
        List<Ranking> rankings = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            rankings.add(ranking(dimension, start, passed, Pane.EARLY, false));
        }
        return rankings;
    }

    private Ranking ranking(
            Dimension dimension, Instant start, double passed, Pane pane, boolean isFinal) {
        List<RankingEntry> pool =
                switch (dimension) {
                    case USERS -> USERS;
                    case HUMANS -> USERS.stream().filter(user -> !user.isMostlyBot()).toList();
                    case PAGES -> PAGES;
                    case WIKIS -> WIKIS;
                };
        double hour = (start.getEpochSecond() % 86_400) / 3600.0;
        double busy =
                1 + 0.45 * Math.sin((hour - 13) / 24 * 2 * Math.PI) + 0.1 * random.nextGaussian();
        List<RankingEntry> counted = new ArrayList<>();
        long named = 0;
        for (RankingEntry item : pool) {
            double chance = Math.exp(0.18 * random.nextGaussian());
            long count = Math.max(1, Math.round(item.count() * passed * busy * chance));
            counted.add(
                    new RankingEntry(
                            1, item.name(), count, item.isMostlyBot() ? count : 0, item.wiki()));
            named += count;
        }
        counted.sort(RankingEntry.ORDER);
        List<RankingEntry> top = new ArrayList<>();
        for (RankingEntry entry : counted.subList(0, Math.min(PLACES, counted.size()))) {
            top.add(entry.at(top.size() + 1, null));
        }
        long changes = Math.round(named * (dimension == Dimension.PAGES ? 24 : 1.55));
        Instant at = start.plus(Duration.ofMillis(Math.round(passed * LENGTH.toMillis())));
        return new Ranking(
                dimension,
                start,
                start.plus(LENGTH),
                pane,
                isFinal,
                revisions.merge(dimension + "|" + start, 1L, Long::sum),
                at.minusSeconds(20),
                at,
                changes,
                Math.round(changes / (dimension == Dimension.WIKIS ? 90.0 : 13.0)),
                top);
    }
}
