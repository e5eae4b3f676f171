package io.github.wikiflow.archive.lake;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** A request to commit, which may not be put off. */
final class CountingRequest implements CommitRequest<StagedEpoch> {
    private final StagedEpoch staged;
    private boolean wasCommitted;

    CountingRequest(StagedEpoch staged) {
        this.staged = staged;
    }

    /** Whether the committer says that it had been committed before. */
    boolean wasCommitted() {
        return wasCommitted;
    }

    @Override
    public StagedEpoch getCommittable() {
        return staged;
    }

    @Override
    public int getNumberOfRetries() {
        return 0;
    }

    @Override
    public void signalAlreadyCommitted() {
        wasCommitted = true;
    }

    @Override
    public void signalFailedWithKnownReason(Throwable reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void signalFailedWithUnknownReason(Throwable reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void retryLater() {
        throw new AssertionError("a retry");
    }

    @Override
    public void updateAndRetryLater(StagedEpoch other) {
        throw new AssertionError("a retry with " + other);
    }
}
