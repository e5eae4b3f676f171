package io.github.wikiflow.faults.check;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicModel;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Follows the topic of changes while the bridge fills it, and compares each record with the event
 * of the generated log that must come next in its partition. What it saw is what the jobs should
 * make their answers of. Thread-safe.
 */
public final class CarriedChanges implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** An event that is missing is looked for among so many that should have come after it. */
    private static final int LOOKAHEAD = 100_000;

    private final EventLog log;
    private final Differences differences;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::follow, "carried-changes");
    private final List<LandedChange> landed = new ArrayList<>();
    private final ExpectedRankings rankings = new ExpectedRankings(RankingRules.DEFAULTS);
    private final List<Deque<GeneratedEvent>> awaited = new ArrayList<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Map<List<Long>, byte[]> strangers = new HashMap<>();
    private long next;
    private volatile boolean closed;

    /** Follows the topic, which exists, from its beginning. */
    public CarriedChanges(EventLog log, Properties client, Differences differences) {
        this.log = log;
        this.differences = differences;
        consumer = new CommittedRecords(client).atTheBeginning(Topic.CHANGES.defaultName());
        for (int i = 0; i < Topic.CHANGES.partitions(); i++) {
            awaited.add(new ArrayDeque<>());
        }
        thread.setDaemon(true);
        thread.start();
    }

    /** Up to which event of the log, excluded, everything has come. */
    public synchronized long completeTo() {
        long complete = next;
        for (Deque<GeneratedEvent> queue : awaited) {
            if (!queue.isEmpty()) {
                complete = Math.min(complete, queue.peek().index());
            }
        }
        while (awaited.stream().allMatch(Deque::isEmpty)
                && !log.event(complete).kind().isForwarded()) {
            complete++;
        }
        return complete;
    }

    /** Behind the last record seen of each partition. */
    public synchronized Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** What came, in the order of each partition. */
    synchronized List<LandedChange> landed() {
        return List.copyOf(landed);
    }

    /** What strangers put between, by partition and offset; null for a record without a value. */
    synchronized Map<List<Long>, byte[]> strangers() {
        return new HashMap<>(strangers);
    }

    /** What the rankings of it are. */
    synchronized ExpectedRankings rankings() {
        return rankings;
    }

    /** How many came. */
    public synchronized long count() {
        return landed.size();
    }

    /** The log of events. */
    EventLog log() {
        return log;
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    compare(record);
                }
            }
        } catch (WakeupException e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private synchronized void compare(ConsumerRecord<byte[], byte[]> record) {
        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        if (Strangers.wrote(record)) {
            strangers.put(List.of((long) record.partition(), record.offset()), record.value());
            return;
        }
        Deque<GeneratedEvent> queue = awaited.get(record.partition());
        while (queue.isEmpty()) {
            await(log.event(next++));
        }
        GeneratedEvent event = queue.peek();
        if (!Arrays.equals(event.json(), record.value())) {
            differences.add(
                    "changes: at %d of partition %d is not event %d, which comes next there",
                    record.offset(), record.partition(), event.index());
            resume(queue, record);
            return;
        }
        queue.remove();
        take(event, record);
    }

    /** Goes on behind the lost events if the record is a later one; a repeat is passed over. */
    private void resume(Deque<GeneratedEvent> queue, ConsumerRecord<byte[], byte[]> record) {
        for (long end = next + LOOKAHEAD; next < end; ) {
            await(log.event(next++));
        }
        for (GeneratedEvent event : queue) {
            if (Arrays.equals(event.json(), record.value())) {
                while (queue.remove() != event) {
                    // Lost.
                }
                take(event, record);
                return;
            }
        }
    }

    private void await(GeneratedEvent event) {
        if (event.kind().isForwarded()) {
            awaited.get(TopicModel.partition(event.key(), awaited.size())).add(event);
        }
    }

    private void take(GeneratedEvent event, ConsumerRecord<byte[], byte[]> record) {
        rankings.add(
                new LandedEvent(event, record.partition(), record.offset(), record.timestamp()));
        landed.add(
                new LandedChange(
                        event.index(), record.partition(), record.offset(), record.timestamp()));
    }
}
