package io.github.wikiflow.bridge.stream;

import io.github.wikiflow.events.source.SourceKind;
import org.jspecify.annotations.Nullable;

/** Where the events of a stream go, and what knows how far they have come. Thread-safe. */
public interface EventIntake {

    /**
     * The stream says of which kind its events are; called before the first {@link #put} of each
     * connection.
     *
     * @throws io.github.wikiflow.events.options.OperationException if what is there already is of
     *     another kind
     */
    void servedBy(SourceKind kind);

    /**
     * Takes an event; waits as long as there is no room for it.
     *
     * @return false if no more is taken of this connection
     */
    boolean put(ReceivedEvent event) throws InterruptedException;

    /** What to send as {@code Last-Event-ID}; null if no position is known. */
    @Nullable String lastEventId();

    /**
     * What to send as {@code since} without a {@code Last-Event-ID}, in epoch milliseconds; {@link
     * io.github.wikiflow.bridge.position.StreamPosition#UNKNOWN} if no time is known.
     */
    long resumeTime();

    /** The service has refused {@link #lastEventId()}. */
    void refused();

    /**
     * The service does not have the log that {@link #lastEventId()} names.
     *
     * @throws io.github.wikiflow.events.options.OperationException saying what to do
     */
    void missing();
}
