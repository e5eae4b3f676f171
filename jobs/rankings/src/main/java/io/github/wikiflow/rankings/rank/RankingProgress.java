package io.github.wikiflow.rankings.rank;

/**
 * What the ranking of one dimension and window has come to, beside the buckets' reports.
 *
 * @param revision of the last record; 0 before the first
 * @param emittedAt when the last record was emitted, in epoch milliseconds; 0 before the first
 * @param dueAt the processing time for which a record is planned, in epoch milliseconds; 0 if none
 * @param corrected whether a straggler changed the ranking after the watermark passed the window's
 *     end
 */
public record RankingProgress(long revision, long emittedAt, long dueAt, boolean corrected) {

    /** Before the first record. */
    public static final RankingProgress NONE = new RankingProgress(0, 0, 0, false);

    /**
     * After one more record.
     *
     * @param now in epoch milliseconds
     */
    public RankingProgress emitted(long now) {
        return new RankingProgress(revision + 1, now, 0, corrected);
    }

    /** Whether a record was planned for this time or before it. */
    public boolean isDue(long now) {
        return dueAt != 0 && dueAt <= now;
    }

    /** With a record planned. */
    public RankingProgress due(long at) {
        return new RankingProgress(revision, emittedAt, at, corrected);
    }

    /** After a straggler's correction. */
    public RankingProgress withCorrection() {
        return new RankingProgress(revision, emittedAt, dueAt, true);
    }
}
