package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Place;
import io.github.wikiflow.bridge.position.Progress;
import io.github.wikiflow.bridge.position.Progress.Verdict;
import io.github.wikiflow.bridge.stream.EventIntake;
import io.github.wikiflow.bridge.stream.ReceivedEvent;
import io.github.wikiflow.events.change.ChangeEnvelope;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where events wait for the next transaction. The reading thread puts them in; the committing
 * thread takes all of them at once, together with the position after the last, as soon as there are
 * enough or the first has waited long enough. While one batch is being committed the next one
 * fills, so that in catch-up the transactions grow by themselves until the reading keeps pace; when
 * the batch is full, because Kafka is slow or away, the reading waits.
 *
 * <p>Thread-safe: everything, the {@link Progress} included, is guarded by one lock.
 */
public final class Outbox implements EventIntake {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final CommitSettings settings;
    private final EventRecords records;
    private final Progress progress;
    private final UUID owner;
    private final OutboxCounts counts;

    private List<ProducerRecord<byte[], byte[]>> waiting = new ArrayList<>();
    private int changes;
    private long bytes;

    /** When the oldest change to the progress that is not in a batch was made. */
    private long changedNanos;

    private boolean hasWork;
    private long commits;
    private boolean closed;

    Outbox(
            CommitSettings settings,
            EventRecords records,
            Progress progress,
            UUID owner,
            OutboxCounts counts) {
        this.settings = settings;
        this.records = records;
        this.progress = progress;
        this.owner = owner;
        this.counts = counts;
    }

    @Override
    public void servedBy(SourceKind kind) {
        lock.lock();
        try {
            SourceKind before = progress.kind();
            if (before != null && before != kind) {
                throw new OperationException(
                        "the stream is %s, but the events in %s are %s; give it topics of its own by --topic, --cursor-topic and --dead-letters-topic"
                                .formatted(kind.label(), records.changesTopic(), before.label()));
            }
            progress.connected(kind);
            signalWork();
        } finally {
            lock.unlock();
        }
    }

    /** Of which kind the events are; null before the first connection. */
    public @Nullable SourceKind kind() {
        lock.lock();
        try {
            return progress.kind();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean put(ReceivedEvent event) throws InterruptedException {
        ChangeEnvelope envelope = event.envelope();
        Place place = Place.of(envelope);
        lock.lockInterruptibly();
        try {
            while (isFull() && !closed) {
                room.await();
            }
            if (closed) {
                return false;
            }
            if (progress.isOfAnotherReplay(event.position())) {
                missing();
            }
            Verdict verdict = progress.settle(event.data(), envelope.id(), place, event.position());
            if (verdict == Verdict.NEW) {
                if (envelope.isCanary()) {
                    counts.countCanary();
                } else {
                    SourceKind kind = Objects.requireNonNull(progress.kind(), "not connected");
                    add(records.record(event, kind));
                }
            }
            if (!signalWork() && waiting.size() == settings.events()) {
                work.signal();
            }
            if (verdict == Verdict.READ_AGAIN && place != null) {
                LOG.warn(
                        "The log {} has begun anew, so what its offsets seemed to repeat is read again",
                        place.log());
            }
            return verdict != Verdict.READ_AGAIN;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void missing() {
        throw new OperationException(
                "the stream replays another file than the one that the events in %s are of; give it topics of its own by --topic, --cursor-topic and --dead-letters-topic"
                        .formatted(records.changesTopic()));
    }

    @Override
    public @Nullable String lastEventId() {
        lock.lock();
        try {
            return progress.lastEventId();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long resumeTime() {
        lock.lock();
        try {
            return progress.resumeTime();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refused() {
        lock.lock();
        try {
            progress.refused();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the next batch that is due.
     *
     * @return null if the outbox is closed and empty
     */
    public @Nullable Batch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (!hasWork) {
                    if (closed) {
                        return null;
                    }
                    work.await();
                } else {
                    long wait = changedNanos + settings.interval().toNanos() - System.nanoTime();
                    if (closed || wait <= 0 || waiting.size() >= settings.events() || isFull()) {
                        return cut();
                    }
                    work.awaitNanos(wait);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more; what is in it can still be taken out. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            work.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is something to commit now that was not there before. */
    private boolean signalWork() {
        if (!progress.hasChanged() || hasWork) {
            return false;
        }
        hasWork = true;
        changedNanos = System.nanoTime();
        work.signal();
        return true;
    }

    private void add(ProducerRecord<byte[], byte[]> record) {
        waiting.add(record);
        bytes += record.value().length + (record.key() == null ? 0 : record.key().length);
        if (records.isChange(record)) {
            changes++;
        } else {
            counts.countDeadLetter();
        }
    }

    private Batch cut() {
        Batch batch = new Batch(waiting, changes, bytes, progress.cursor(owner, ++commits));
        waiting = new ArrayList<>(waiting.size());
        changes = 0;
        bytes = 0;
        hasWork = false;
        room.signalAll();
        return batch;
    }

    private boolean isFull() {
        return bytes >= settings.mostBytes() || waiting.size() >= settings.mostEvents();
    }
}
