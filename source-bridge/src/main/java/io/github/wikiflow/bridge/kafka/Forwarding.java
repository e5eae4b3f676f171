package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Completeness;
import io.github.wikiflow.bridge.position.Cursor;
import io.github.wikiflow.bridge.position.Progress;
import io.github.wikiflow.events.options.OperationException;
import java.io.PrintStream;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing half of the bridge: an outbox that stands where the last bridge ended, and the sink
 * that empties it. One thread runs it.
 */
public final class Forwarding {

    private static final Logger LOG = LoggerFactory.getLogger(Forwarding.class);

    private final Outbox outbox;
    private final BatchSink sink;

    private Forwarding(Outbox outbox, BatchSink sink) {
        this.outbox = outbox;
        this.sink = sink;
    }

    /**
     * Takes over from an older bridge with the same id, if there is one, and goes on where it was.
     *
     * @param since where to begin if there never was a bridge, in epoch milliseconds; {@link
     *     io.github.wikiflow.bridge.position.StreamPosition#UNKNOWN} to begin with what comes next
     * @throws OperationException if Kafka cannot be used
     */
    public static Forwarding toKafka(
            KafkaSettings kafka,
            CommitSettings commits,
            long since,
            Completeness completeness,
            OutboxCounts counts,
            ForwardActivity activity)
            throws InterruptedException {
        EventRecords records =
                new EventRecords(
                        kafka.stream(),
                        kafka.changesTopic(),
                        kafka.deadLettersTopic(),
                        BridgeTopics.prepare(kafka));
        UUID owner = UUID.randomUUID();
        TransactionalForwarder forwarder = new TransactionalForwarder(kafka, owner, activity);
        try {
            Progress progress = begin(forwarder.open(), since, completeness);
            forwarder.commit(new Batch(List.of(), 0, 0, progress.cursor(owner, 0)));
            return new Forwarding(new Outbox(commits, records, progress, owner, counts), forwarder);
        } catch (KafkaException e) {
            forwarder.close();
            throw new OperationException(
                    "Kafka at --bootstrap-servers %s does not serve --bridge-id %s (%s)"
                            .formatted(
                                    kafka.clientProperties().getProperty("bootstrap.servers"),
                                    kafka.bridgeId(),
                                    e.getMessage()),
                    e);
        }
    }

    /** Prints events; needs no Kafka, and begins as a bridge that never ran. */
    public static Forwarding toPrint(
            PrintStream out,
            KafkaSettings kafka,
            CommitSettings commits,
            long since,
            Completeness completeness,
            OutboxCounts counts,
            ForwardActivity activity) {
        EventRecords records =
                new EventRecords(
                        kafka.stream(),
                        kafka.changesTopic(),
                        kafka.deadLettersTopic(),
                        Integer.MAX_VALUE);
        return new Forwarding(
                new Outbox(
                        commits,
                        records,
                        Progress.begin(since, completeness),
                        UUID.randomUUID(),
                        counts),
                new PrintingSink(records, out, activity));
    }

    /** Where the events are to be put. */
    public Outbox outbox() {
        return outbox;
    }

    /**
     * Writes until the outbox is closed and empty.
     *
     * @throws OperationException if it cannot go on
     */
    public void run() throws InterruptedException {
        Batch batch;
        while ((batch = outbox.take()) != null) {
            sink.commit(batch);
        }
    }

    /** Gives up what is not committed; does not wait. */
    public void abandon() {
        sink.close();
    }

    private static Progress begin(Cursor cursor, long since, Completeness completeness) {
        if (cursor == null) {
            LOG.info("No resume point yet");
            return Progress.begin(since, completeness);
        }
        LOG.info("Going on from the resume point of {}", cursor.lastEventTime());
        return Progress.resume(cursor, completeness);
    }
}
