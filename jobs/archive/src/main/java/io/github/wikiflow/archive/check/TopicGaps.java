package io.github.wikiflow.archive.check;

import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.events.options.OperationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks for changes that the archive has read, as its consumer group says and what is in the lake
 * shows, and that are neither in the lake nor among the dead letters. The topic is read for it, as
 * the archive does: offsets at which it finds nothing, such as the ends of transactions, are no
 * gaps.
 *
 * <p>Not thread-safe.
 */
final class TopicGaps {

    private static final Duration POLL = Duration.ofMillis(200);

    /** How long a topic may bring nothing before its end. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Properties client;
    private final String topic;
    private final String deadLetterTopic;
    private final Map<TopicPartition, OffsetAndMetadata> read;

    /** What of a partition is missing. */
    private static final class Gap {
        private long changes;
        private long first;
        private long last;

        void add(long offset) {
            first = changes == 0 ? offset : first;
            last = offset;
            changes++;
        }
    }

    private TopicGaps(
            Properties client,
            String topic,
            String deadLetterTopic,
            Map<TopicPartition, OffsetAndMetadata> read) {
        this.client = client;
        this.topic = topic;
        this.deadLetterTopic = deadLetterTopic;
        this.read = read;
    }

    /**
     * Asks how far the archive has read.
     *
     * @param client how to reach Kafka
     * @param group of the archive
     * @throws OperationException if Kafka does not say
     */
    static TopicGaps ask(Properties client, String topic, String deadLetterTopic, String group) {
        try (Admin admin = Admin.create(client)) {
            return new TopicGaps(
                    client,
                    topic,
                    deadLetterTopic,
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get());
        } catch (ExecutionException | KafkaException e) {
            throw noAnswer(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw noAnswer(e);
        }
    }

    private static OperationException noAnswer(Exception cause) {
        return new OperationException(
                "--bootstrap-servers: Kafka cannot be asked (%s)".formatted(cause.getMessage()),
                cause);
    }

    /**
     * Compares.
     *
     * @param changes what is in the lake
     * @param waiting how many epochs wait to be committed; while there are some, the consumer group
     *     may be ahead of the lake
     */
    void check(Map<TopicPartition, Offsets> changes, long waiting, Findings findings) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Map<TopicPartition, Offsets> rejected = rejected(consumer);
            List<TopicPartition> partitions = partitions(consumer, topic);
            if (partitions.isEmpty()) {
                throw new OperationException(
                        "--topic: there is no '%s'; name the topic that the archive reads"
                                .formatted(topic));
            }
            Offsets none = new Offsets();
            Map<TopicPartition, Long> ends = new HashMap<>();
            Map<TopicPartition, Long> last = consumer.endOffsets(partitions);
            for (TopicPartition partition : partitions) {
                long end = changes.getOrDefault(partition, none).end();
                long now = Objects.requireNonNull(last.get(partition));
                if (end > now) {
                    findings.note(
                            "%s ends at %d, and the lake has changes of it up to %d: it was made anew, and is not compared",
                            partition, now, end - 1);
                    continue;
                }
                OffsetAndMetadata committed = waiting > 0 ? null : read.get(partition);
                long known = committed == null ? end : Math.max(end, committed.offset());
                ends.put(partition, Math.min(known, now));
            }
            Map<TopicPartition, Gap> gaps = new TreeMap<>(this::byNumber);
            read(
                    consumer,
                    ends,
                    record -> {
                        TopicPartition partition =
                                new TopicPartition(record.topic(), record.partition());
                        if (!changes.getOrDefault(partition, none).has(record.offset())
                                && !rejected.getOrDefault(partition, none).has(record.offset())) {
                            gaps.computeIfAbsent(partition, each -> new Gap()).add(record.offset());
                        }
                    });
            gaps.forEach(
                    (partition, gap) ->
                            findings.wrong(
                                    "%s has %d changes from offset %d to %d that are neither in the lake nor among the dead letters; start the archive from a checkpoint or savepoint before them, with --rewind-lake",
                                    partition, gap.changes, gap.first, gap.last));
        } catch (KafkaException e) {
            throw noAnswer(e);
        }
    }

    private int byNumber(TopicPartition one, TopicPartition other) {
        return Integer.compare(one.partition(), other.partition());
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.setProperty(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Where in the topic the dead letters were. */
    private Map<TopicPartition, Offsets> rejected(KafkaConsumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Offsets> rejected = new HashMap<>();
        read(
                consumer,
                consumer.endOffsets(partitions(consumer, deadLetterTopic)),
                letter -> {
                    String partition = header(letter, DeadLetterHeaders.SOURCE_PARTITION);
                    String offset = header(letter, DeadLetterHeaders.SOURCE_OFFSET);
                    if (partition != null
                            && offset != null
                            && topic.equals(header(letter, DeadLetterHeaders.SOURCE_TOPIC))) {
                        rejected.computeIfAbsent(
                                        new TopicPartition(topic, Integer.parseInt(partition)),
                                        each -> new Offsets())
                                .add(Long.parseLong(offset));
                    }
                });
        return rejected;
    }

    private static @Nullable String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** Reads partitions from their beginning to these offsets. */
    private static void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        if (ends.isEmpty()) {
            return;
        }
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        long progress = System.nanoTime();
        long before = -1;
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset()
                        < Objects.requireNonNull(
                                ends.get(new TopicPartition(record.topic(), record.partition())))) {
                    reader.accept(record);
                }
            }
            long read = 0;
            boolean atEnd = true;
            for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
                long position = consumer.position(end.getKey());
                read += position;
                if (position < end.getValue()) {
                    atEnd = false;
                } else {
                    consumer.pause(List.of(end.getKey()));
                }
            }
            if (atEnd) {
                return;
            }
            if (read > before) {
                before = read;
                progress = System.nanoTime();
            } else if (System.nanoTime() - progress > PATIENCE.toNanos()) {
                throw new OperationException(
                        "--bootstrap-servers: Kafka brings nothing more of %s before its end"
                                .formatted(ends.keySet()));
            }
        }
    }
}
