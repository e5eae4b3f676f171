package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Ranked;
import io.github.wikiflow.benchmarks.contender.Task;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The expected answers to the events of a topic, computed while it is filled, and the check of what
 * contenders answered. Not thread-safe.
 */
final class AnswerSheet {

    private final String topic;
    private final ExpectedRankings rankings = new ExpectedRankings(RankingRules.DEFAULTS);
    private final UserCounts users = new UserCounts();
    private LakeContent lake = LakeContent.EMPTY;

    /**
     * @param topic the name of the topic, which is a column of the lake
     */
    AnswerSheet(String topic) {
        this.topic = topic;
    }

    /** Takes the next event of its partition, which must be a change from the past. */
    void add(LandedEvent landed) {
        rankings.add(landed);
        users.add(landed);
        lake = lake.plus(LakeRow.columns(landed, topic));
    }

    /** To be called when all events have been added. */
    void complete() {
        rankings.late().forEach(users::markLate);
    }

    /** Checks everything that a contender leaves. */
    Verdict check(Contender contender, Task task) throws IOException, SQLException {
        Verdict verdict = Verdict.right("");
        for (Contender.Answer answer : contender.answers()) {
            verdict =
                    verdict.and(
                            switch (answer) {
                                case LAKE -> checkLake(task);
                                case FIRST_TEN -> users.check(Ranked.read(task.ranking()));
                                case FINAL_RANKINGS -> checkRankings(task);
                            });
        }
        return verdict;
    }

    private Verdict checkLake(Task task) throws IOException, SQLException {
        LakeContent found = LakeContent.of(task.lake());
        if (found.equals(lake)) {
            return Verdict.right("");
        }
        return Verdict.wrong(
                found.rows() == lake.rows()
                        ? "rows differ"
                        : "%d of %d rows".formatted(found.rows(), lake.rows()));
    }

    private Verdict checkRankings(Task task) throws IOException {
        Map<String, ExpectedRanking> finals = new HashMap<>();
        Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
        for (ConsumerRecord<byte[], byte[]> record :
                new CommittedRecords(task.bootstrapServers()).read(task.outputTopic())) {
            Ranking ranking = RankingJson.read(record.value());
            if (ranking.isFinal()) {
                finals.put(ranking.key(), ExpectedRanking.of(ranking));
                dimensions.add(ranking.dimension());
            }
        }
        int expected = 0;
        int wrong = 0;
        for (ExpectedRanking each : rankings.rankings()) {
            if (dimensions.contains(each.dimension())) {
                expected++;
                if (!each.equals(finals.get(each.key()))) {
                    wrong++;
                }
            }
        }
        if (wrong > 0 || expected == 0 || finals.size() != expected) {
            return Verdict.wrong("%d of %d rankings".formatted(wrong, expected));
        }
        return Verdict.right("without late changes");
    }
}
