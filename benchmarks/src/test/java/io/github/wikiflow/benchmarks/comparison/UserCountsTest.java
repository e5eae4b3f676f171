package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicModel;
import io.github.wikiflow.sandbox.generator.Workload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recognises both forms of the answer, what lies between them, and what is wrong. */
class UserCountsTest {

    /** Few users, so that late changes count among the first ten. */
    private static final Workload WORKLOAD =
            Workload.builder().users(40).eventsPerSecond(2).share(EventKind.LATE, 0.05).build();

    private final UserCounts users = new UserCounts();
    private final List<Ranked> inTime;
    private final List<Ranked> all;

    UserCountsTest() {
        ExpectedRankings dropping = new ExpectedRankings(RankingRules.DEFAULTS);
        ExpectedRankings counting = new ExpectedRankings(RankingRules.DEFAULTS.withLateCounted());
        TopicModel topic = new TopicModel(2);
        for (GeneratedEvent event : new EventLog(WORKLOAD).events(0, 20_000)) {
            LandedEvent landed = topic.land(event);
            users.add(landed);
            dropping.add(landed);
            counting.add(landed);
        }
        assertThat(dropping.late()).isNotEmpty();
        dropping.late().forEach(users::markLate);
        inTime = ranked(dropping);
        all = ranked(counting);
    }

    @Test
    void knowsBothForms() {
        assertThat(users.check(inTime)).isEqualTo(Verdict.right("without late changes"));
        assertThat(users.check(all)).isEqualTo(Verdict.right("with late changes"));
    }

    @Test
    void knowsThatSomeLateChangesWereCounted() {
        List<Long> different =
                all.stream()
                        .filter(each -> !inTime.contains(each))
                        .map(Ranked::windowStart)
                        .distinct()
                        .toList();
        assertThat(different).hasSizeGreaterThan(1);
        List<Ranked> mixed = new ArrayList<>(inTime);
        mixed.removeIf(each -> each.windowStart() == different.get(0));
        all.stream().filter(each -> each.windowStart() == different.get(0)).forEach(mixed::add);

        assertThat(users.check(mixed)).isEqualTo(Verdict.right("with some late changes"));
    }

    @Test
    void findsAWrongCount() {
        List<Ranked> wrong = new ArrayList<>(all);
        Ranked first = wrong.get(0);
        wrong.set(0, new Ranked(first.windowStart(), first.user(), first.count() + 1));

        assertThat(users.check(wrong).right()).isFalse();
    }

    @Test
    void findsAMissingUser() {
        List<Ranked> wrong = new ArrayList<>(inTime);
        wrong.remove(inTime.size() / 2);

        assertThat(users.check(wrong).right()).isFalse();
    }

    @Test
    void findsAMissingWindowAndOneThatShouldNotBe() {
        long window = inTime.get(inTime.size() / 2).windowStart();
        List<Ranked> missing = new ArrayList<>(inTime);
        missing.removeIf(each -> each.windowStart() == window);
        List<Ranked> tooMany = new ArrayList<>(inTime);
        tooMany.add(new Ranked(window - 10 * 86_400, "A user", 1));

        assertThat(users.check(missing).right()).isFalse();
        assertThat(users.check(tooMany).right()).isFalse();
    }

    private static List<Ranked> ranked(ExpectedRankings rankings) {
        return rankings.rankings().stream()
                .filter(each -> each.dimension() == Dimension.USERS)
                .flatMap(
                        each ->
                                each.top().stream()
                                        .map(
                                                entry ->
                                                        new Ranked(
                                                                each.windowStart().getEpochSecond(),
                                                                entry.name(),
                                                                entry.count())))
                .toList();
    }
}
