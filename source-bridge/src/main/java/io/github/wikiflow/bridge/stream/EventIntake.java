package io.github.wikiflow.bridge.stream;

/** Where the events of a stream go, and what knows how far they have come. Thread-safe. */
public interface EventIntake {

    /**
     * Takes an event; waits as long as there is no room for it.
     *
     * @return false if nothing is taken any more
     */
    boolean put(ReceivedEvent event) throws InterruptedException;

    /** What to send as {@code Last-Event-ID}; null if no position is known. */
    String lastEventId();

    /**
     * What to send as {@code since} without a {@code Last-Event-ID}, in epoch milliseconds; {@link
     * io.github.wikiflow.bridge.position.StreamPosition#UNKNOWN} if no time is known.
     */
    long resumeTime();

    /** The service has refused {@link #lastEventId()}. */
    void refused();
}
