package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Cursor;
import io.github.wikiflow.events.options.OperationException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each batch and its cursor in one Kafka transaction, exactly once.
 *
 * <p>Whatever fails, what to do next is found out in one way: a new producer with the same
 * transactional id ends the old one's transaction, one way or the other, and the cursor then says
 * whether the batch was committed. If not, it is written again from memory. This also settles a
 * commit of unknown outcome, and a transaction that the broker aborted because the outage was
 * longer than its timeout. To the client the latter looks as if another bridge had fenced it; again
 * the cursor, which names its owner, tells the two apart.
 *
 * <p>Used by one thread, except {@link #close} and what is observed.
 */
final class TransactionalForwarder implements BatchSink {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionalForwarder.class);

    /** For a bridge that has fenced this one to write that it is the owner now. */
    private static final Duration CLAIM_WAIT = Duration.ofSeconds(10);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

    /** Of a transaction, unless the Kafka properties say otherwise: the broker's usual limit. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private final KafkaSettings settings;
    private final CursorTopic cursorTopic;
    private final UUID owner;
    private final ForwardActivity activity;
    private final BrokerClock clock;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Null before {@link #open}. */
    private volatile @Nullable Producer<byte[], byte[]> producer;

    /**
     * @param owner this run of the bridge
     * @param clock is told the time with each transaction
     */
    TransactionalForwarder(
            KafkaSettings settings, UUID owner, ForwardActivity activity, BrokerClock clock) {
        this.clock = clock;
        this.settings = settings;
        this.cursorTopic =
                new CursorTopic(
                        settings.cursorTopic(), settings.stream(), settings.clientProperties());
        this.owner = owner;
        this.activity = activity;
    }

    /**
     * Fences older bridges and reads what they left.
     *
     * @return null if this is the first bridge
     * @throws KafkaException if Kafka does not answer
     */
    @Nullable Cursor open() {
        Producer<byte[], byte[]> opened = newProducer();
        producer = opened;
        if (closed.getCount() == 0) {
            discardProducer();
        }
        // First: after it no older bridge can commit any more.
        opened.initTransactions();
        return cursorTopic.readLatest(TRANSACTION_TIMEOUT);
    }

    @Override
    public void commit(Batch batch) throws InterruptedException {
        activity.begun();
        try {
            write(batch);
        } catch (KafkaException e) {
            recover(batch, e);
        }
        activity.committed(batch);
    }

    @Override
    public void close() {
        closed.countDown();
        discardProducer();
    }

    private void write(Batch batch) throws InterruptedException {
        Producer<byte[], byte[]> opened = Objects.requireNonNull(producer, "not open");
        opened.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : batch.records()) {
            send(record, opened);
        }
        Future<RecordMetadata> cursor = send(cursorTopic.record(batch.cursor()), opened);
        opened.commitTransaction();
        clock.set(result(cursor).timestamp());
    }

    /**
     * What becomes of a record, the commit tells; but a record that could not even be queued, for
     * which Kafka's client has waited up to a minute, must not be followed by hundreds of others.
     */
    private static Future<RecordMetadata> send(
            ProducerRecord<byte[], byte[]> record, Producer<byte[], byte[]> producer)
            throws InterruptedException {
        Future<RecordMetadata> sent = producer.send(record);
        if (sent.isDone()) {
            result(sent);
        }
        return sent;
    }

    private static RecordMetadata result(Future<RecordMetadata> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new KafkaException(cause.getMessage(), cause);
        }
    }

    private void recover(Batch batch, KafkaException first) throws InterruptedException {
        KafkaException failure = first;
        while (true) {
            if (closed.getCount() == 0) {
                throw new OperationException("closed before Kafka had acknowledged", failure);
            }
            activity.failed();
            failOnLostCause(failure);
            LOG.warn("Kafka has not acknowledged; trying again: {}", describe(failure));
            discardProducer();
            try {
                if (isFencing(failure)) {
                    awaitClaim();
                }
                failIfTaken(cursorTopic.readVisible());
                Cursor cursor = open();
                failIfTaken(cursor);
                if (cursor != null && cursor.commit() >= batch.cursor().commit()) {
                    LOG.info("Kafka had committed transaction {}", batch.cursor().commit());
                    return;
                }
                write(batch);
                LOG.info("Kafka is back; nothing was lost");
                return;
            } catch (KafkaException e) {
                failure = e;
                if (closed.await(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
                    LOG.debug("Closed while Kafka was away");
                }
            }
        }
    }

    /**
     * Gives a newer bridge the time to claim the cursor; if none does, this one was not fenced but
     * its transaction timed out.
     */
    private void awaitClaim() throws InterruptedException {
        long deadline = System.nanoTime() + CLAIM_WAIT.toNanos();
        do {
            failIfTaken(cursorTopic.readVisible());
        } while (System.nanoTime() < deadline
                && !closed.await(RETRY_DELAY.toMillis() / 2, TimeUnit.MILLISECONDS));
    }

    private void failIfTaken(@Nullable Cursor cursor) {
        if (cursor != null && !cursor.owner().equals(owner)) {
            throw new OperationException(
                    "another bridge with --bridge-id %s has taken over; run only one, or give each its own --bridge-id, --stream and --topic"
                            .formatted(settings.bridgeId()));
        }
    }

    private void failOnLostCause(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthorizationException
                    || cause instanceof AuthenticationException) {
                throw new OperationException(
                        "Kafka does not let the bridge write (%s); grant --bridge-id %s its topics and its transactional id"
                                .formatted(cause.getMessage(), settings.bridgeId()),
                        failure);
            }
            if (cause instanceof RecordTooLargeException) {
                throw new OperationException(
                        "Kafka refuses a record for its size (%s); the bridge reads max.message.bytes when it starts: start it again"
                                .formatted(cause.getMessage()),
                        failure);
            }
        }
    }

    private static boolean isFencing(KafkaException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException
                    || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    private static String describe(KafkaException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    private void discardProducer() {
        Producer<byte[], byte[]> old = producer;
        if (old != null) {
            old.close(Duration.ZERO);
        }
    }

    private Producer<byte[], byte[]> newProducer() {
        Properties properties = new Properties();
        properties.putAll(
                Map.of(
                        "transaction.timeout.ms",
                        Long.toString(TRANSACTION_TIMEOUT.toMillis()),
                        "linger.ms",
                        "5",
                        "batch.size",
                        "131072",
                        // Kafka tells a transaction that begins while the last one is still being
                        // completed to come again; with the default of 100 ms it would do so late.
                        "retry.backoff.ms",
                        "5"));
        properties.putAll(settings.clientProperties());
        properties.setProperty("transactional.id", settings.bridgeId());
        properties.setProperty("enable.idempotence", "true");
        properties.setProperty("acks", "all");
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
