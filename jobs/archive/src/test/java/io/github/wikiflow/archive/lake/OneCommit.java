package io.github.wikiflow.archive.lake;

import org.apache.flink.api.connector.sink2.Committer.CommitRequest;

/** A request to commit one file, which may not be put off. */
final class OneCommit implements CommitRequest<StagedFile> {
    private final StagedFile file;
    private boolean wasCommitted;

    OneCommit(StagedFile file) {
        this.file = file;
    }

    /** Whether the committer says that it had been committed before. */
    boolean wasCommitted() {
        return wasCommitted;
    }

    @Override
    public StagedFile getCommittable() {
        return file;
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
    public void updateAndRetryLater(StagedFile file) {
        throw new AssertionError("a retry with " + file);
    }
}
