package io.github.wikiflow.sandbox.generator;

import java.time.Duration;

/**
 * An event as a record of our topic.
 *
 * @param recordTime Kafka's record time in epoch milliseconds
 */
public record LandedEvent(GeneratedEvent event, int partition, long offset, long recordTime) {

    /** Whether no change can be made of its bytes. */
    public boolean isMalformed() {
        return !event.kind().isChange();
    }

    /** Whether it is a change from further in the future than is tolerated. */
    public boolean isPoisoned(Duration tolerance) {
        return !isMalformed()
                && event.change().timestamp() * 1000 > recordTime + tolerance.toMillis();
    }
}
