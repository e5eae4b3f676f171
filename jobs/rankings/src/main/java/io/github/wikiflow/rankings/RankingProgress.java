package io.github.wikiflow.rankings;

/**
 * What the ranking of one dimension and window has come to, beside the buckets' reports.
 *
 * @param revision of the last record; 0 before the first
 * @param emittedAt when the last record was emitted, in epoch milliseconds; 0 before the first
 * @param dueAt the processing time for which a record is planned, in epoch milliseconds; 0 if none
 * @param corrected whether a straggler changed the ranking after the watermark passed the window's
 *     end
 */
record RankingProgress(long revision, long emittedAt, long dueAt, boolean corrected) {

    /** Before the first record. */
    static final RankingProgress NONE = new RankingProgress(0, 0, 0, false);

    /**
     * After one more record. The revision follows the clock, so that it also rises when a restart
     * goes back to an older state, and never falls behind its predecessor, whatever the clock does.
     *
     * @param now in epoch milliseconds
     */
    RankingProgress emitted(long now) {
        return new RankingProgress(Math.max(revision + 1, now), now, 0, corrected);
    }

    /** With a record planned. */
    RankingProgress due(long at) {
        return new RankingProgress(revision, emittedAt, at, corrected);
    }

    /** After a straggler's correction. */
    RankingProgress withCorrection() {
        return new RankingProgress(revision, emittedAt, dueAt, true);
    }
}
