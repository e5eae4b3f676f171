package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Completeness;
import io.github.wikiflow.bridge.position.Cursor;
import io.github.wikiflow.bridge.position.Progress;
import io.github.wikiflow.events.options.OperationException;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
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
    private final InstantSource clock;

    private Forwarding(Outbox outbox, BatchSink sink, InstantSource clock) {
        this.outbox = outbox;
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * Takes over from an older bridge with the same id, if there is one, and goes on where it was.
     *
     * @param since where to begin if there never was a bridge, in epoch milliseconds; {@link
     *     io.github.wikiflow.bridge.position.StreamPosition#UNKNOWN} to begin with what comes next
     * @param computerClock that of this computer, which counts until Kafka has told its own
     * @throws OperationException if Kafka cannot be used
     */
    public static Forwarding toKafka(
            KafkaSettings kafka,
            CommitSettings commits,
            long since,
            Completeness completeness,
            OutboxCounts counts,
            ForwardActivity activity,
            InstantSource computerClock)
            throws InterruptedException {
        BrokerClock clock = new BrokerClock(computerClock.millis());
        EventRecords records =
                new EventRecords(
                        kafka.stream(),
                        kafka.changesTopic(),
                        kafka.deadLettersTopic(),
                        BridgeTopics.prepare(kafka),
                        clock);
        UUID owner = UUID.randomUUID();
        TransactionalForwarder forwarder =
                new TransactionalForwarder(kafka, owner, activity, clock);
        try {
            Cursor cursor = forwarder.open();
            Progress progress = begin(cursor, WrittenChanges.read(kafka), since, completeness);
            forwarder.commit(new Batch(List.of(), 0, 0, progress.cursor(owner, 0)));
            Outbox outbox = new Outbox(commits, records, progress, owner, counts);
            return new Forwarding(outbox, forwarder, clock);
        } catch (KafkaException e) {
            forwarder.close();
            throw new OperationException(
                    "Kafka at --bootstrap-servers %s does not serve --bridge-id %s (%s)"
                            .formatted(
                                    kafka.clientProperties().getProperty("bootstrap.servers"),
                                    kafka.bridgeId(),
                                    e.getMessage()),
                    e);
        } catch (OperationException e) {
            forwarder.close();
            throw e;
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
            ForwardActivity activity,
            InstantSource clock) {
        EventRecords records =
                new EventRecords(
                        kafka.stream(),
                        kafka.changesTopic(),
                        kafka.deadLettersTopic(),
                        Integer.MAX_VALUE,
                        clock);
        return new Forwarding(
                new Outbox(
                        commits,
                        records,
                        Progress.begin(since, completeness),
                        UUID.randomUUID(),
                        counts),
                new PrintingSink(records, out, activity),
                clock);
    }

    /** Where the events are to be put. */
    public Outbox outbox() {
        return outbox;
    }

    /** The time by which records are stamped. */
    public InstantSource clock() {
        return clock;
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

    private static Progress begin(
            @Nullable Cursor cursor,
            WrittenChanges written,
            long since,
            Completeness completeness) {
        if (cursor == null) {
            LOG.info("No resume point yet");
        } else {
            LOG.info("Going on from the resume point of {}", cursor.lastEventTime());
        }
        Progress progress =
                cursor == null
                        ? Progress.begin(since, completeness)
                        : Progress.resume(cursor, written.events(), completeness);
        if (progress.kind() == null && written.kind() != null) {
            progress.connected(written.kind());
        }
        return progress;
    }
}
