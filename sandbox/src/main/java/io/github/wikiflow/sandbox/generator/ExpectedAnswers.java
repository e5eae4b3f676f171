package io.github.wikiflow.sandbox.generator;

/**
 * The exact answers to a topic full of generated events, known without running any of the product's
 * code: a lake and rankings, fed together. Not thread-safe.
 */
public final class ExpectedAnswers {

    private final ExpectedLake lake;
    private final ExpectedRankings rankings;

    private ExpectedAnswers(ExpectedLake lake, ExpectedRankings rankings) {
        this.lake = lake;
        this.rankings = rankings;
    }

    /** Answers that know every event. */
    public static ExpectedAnswers ofEvents(RankingRules rules) {
        return new ExpectedAnswers(
                ExpectedLake.ofEvents(rules.futureTolerance()), new ExpectedRankings(rules));
    }

    /** Answers whose lake only counts: for millions of events. */
    public static ExpectedAnswers ofCounts(RankingRules rules) {
        return new ExpectedAnswers(
                ExpectedLake.ofCounts(rules.futureTolerance()), new ExpectedRankings(rules));
    }

    /**
     * Answers to events that are produced in their order into an empty topic.
     *
     * @param partitions how many the topic has
     */
    public static ExpectedAnswers toTopic(
            Iterable<GeneratedEvent> events, int partitions, RankingRules rules) {
        ExpectedAnswers answers = ofEvents(rules);
        TopicModel topic = new TopicModel(partitions);
        for (GeneratedEvent event : events) {
            answers.add(topic.land(event));
        }
        return answers;
    }

    /** Takes the next event of its partition; partitions may interleave in any way. */
    public void add(LandedEvent landed) {
        lake.add(landed);
        rankings.add(landed);
    }

    /** What the archive should hold. */
    public ExpectedLake lake() {
        return lake;
    }

    /** What the rankings should say. */
    public ExpectedRankings rankings() {
        return rankings;
    }
}
