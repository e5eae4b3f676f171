package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.source.SourceKind;
import java.util.List;

/**
 * What stands in Wikimedia's own Kafka: topics of one partition, as one sequence in the order in
 * which a reader of all gets the events. An event's index in the sequence never changes.
 *
 * <p>A log may know events that are not published yet, because their time has not come.
 * Thread-safe.
 */
public interface PublishedLog {

    /** The size of a log without end. */
    long ENDLESS = Long.MAX_VALUE;

    /** What a client is told of where the events come from. */
    SourceKind kind();

    /** The topics, in the order in which a frame's {@code id} names them at first. */
    List<String> topics();

    /**
     * Whether frames say by offset where to go on, which is exact. The real service says it by
     * time.
     */
    boolean isResumedByOffset();

    /** How many events the log has, published or not; {@link #ENDLESS} if it never ends. */
    long size();

    /** The number of events published so far: those with a smaller index may be read. */
    long published();

    /** The published event at an index. */
    SourceEvent event(long index);

    /**
     * Waits until the event at an index is published.
     *
     * @return false if it was not within that time
     */
    boolean awaitPublished(long index, long nanos) throws InterruptedException;

    /**
     * The index of the topic's first event with this timestamp or a later one, as Kafka's {@code
     * offsetsForTimes}; at least {@link #published()} if there is none published.
     */
    long indexAtTime(String topic, long timestamp);

    /**
     * The index of the topic's event at this offset; at least {@link #published()} if there is none
     * published.
     */
    long indexAtOffset(String topic, long offset);
}
