package io.github.wikiflow.bridge.kafka;

/** Where batches end. Used by one thread. */
public interface BatchSink extends AutoCloseable {

    /**
     * Returns when the batch is safe, however long that takes.
     *
     * @throws io.github.wikiflow.events.options.OperationException if it never will be
     */
    void commit(Batch batch) throws InterruptedException;

    /** Gives up what is not committed; does not wait. */
    @Override
    void close();
}
