package io.github.wikiflow.events.kafka;

/**
 * The headers of a dead letter, beside those of {@link CopiedRecord}; every value is UTF-8 text.
 */
public final class DeadLetterHeaders {

    /** Why the record is a dead letter, one line for a human. */
    public static final String REASON = "reason";

    /**
     * The topic that the record was read from; for data that never was in Kafka, the stream's name.
     */
    public static final String SOURCE_TOPIC = "source-topic";

    /** The partition that the record was read from, in decimal; absent when there is none. */
    public static final String SOURCE_PARTITION = "source-partition";

    /** The offset that the record was read from, in decimal; absent when there is none. */
    public static final String SOURCE_OFFSET = "source-offset";

    /**
     * For data that never was in Kafka: the position in the stream, as the stream names it; absent
     * when it names none.
     */
    public static final String SOURCE_POSITION = "source-position";

    private DeadLetterHeaders() {}
}
