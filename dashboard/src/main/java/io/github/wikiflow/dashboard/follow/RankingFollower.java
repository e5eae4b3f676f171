package io.github.wikiflow.dashboard.follow;

import io.github.wikiflow.events.kafka.MissingRight;
import io.github.wikiflow.events.ranking.MalformedRanking;
import io.github.wikiflow.events.ranking.MalformedRanking.Flaw;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all committed rankings of a topic, from the earliest that is retained, and goes on for
 * good. It belongs to no consumer group: every dashboard sees everything, at every start. It waits
 * for a broker that does not answer and for a topic that does not exist yet.
 *
 * <p>Owns one thread, on which the listener is called.
 */
public final class RankingFollower implements AutoCloseable {

    /** Takes what was read. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called with the rankings of one read, in the order of the topic.
         *
         * @param newestTimestamp the latest Kafka timestamp among their records, epoch milliseconds
         */
        void rankings(List<Ranking> rankings, long newestTimestamp);
    }

    private static final Logger LOG = LoggerFactory.getLogger(RankingFollower.class);

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final Properties settings;
    private final String topic;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile FollowerState state = FollowerState.CONNECTING;
    private final Map<Flaw, AtomicLong> skipped = new EnumMap<>(Flaw.class);

    /** Of the follower's thread; empty while all is well. */
    private String lastWarning = "";

    private RankingFollower(Properties kafkaProperties, String topic, Listener listener) {
        this.settings = settings(kafkaProperties);
        this.topic = topic;
        this.listener = listener;
        this.thread = new Thread(this::run, "dashboard-rankings");
        for (Flaw flaw : Flaw.values()) {
            skipped.put(flaw, new AtomicLong());
        }
    }

    /**
     * Starts to read.
     *
     * @param kafkaProperties the settings that all Kafka clients share
     */
    public static RankingFollower start(
            Properties kafkaProperties, String topic, Listener listener) {
        RankingFollower follower = new RankingFollower(kafkaProperties, topic, listener);
        follower.thread.start();
        return follower;
    }

    /** How far it has come. */
    public FollowerState state() {
        return state;
    }

    private AtomicLong count(Flaw flaw) {
        return Objects.requireNonNull(skipped.get(flaw));
    }

    /** How many records were skipped because they have this flaw. */
    public long skipped(Flaw flaw) {
        return count(flaw).get();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Properties settings(Properties kafkaProperties) {
        Properties settings = new Properties();
        settings.putAll(kafkaProperties);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "wikiflow-dashboard");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return settings;
    }

    private void run() {
        try {
            while (!isClosing()) {
                try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
                    List<TopicPartition> partitions = awaitTopic(consumer);
                    follow(consumer, partitions);
                } catch (KafkaException e) {
                    warnOnce(text(e));
                    state = FollowerState.CONNECTING;
                    pause();
                }
            }
        } catch (RuntimeException e) {
            LOG.error("The rankings are no longer followed", e);
        } finally {
            state = FollowerState.STOPPED;
        }
    }

    /** Returns the topic's partitions, or none when this is closed before there are any. */
    private List<TopicPartition> awaitTopic(Consumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        while (!isClosing() && partitions.isEmpty()) {
            try {
                for (PartitionInfo partition : consumer.partitionsFor(topic, POLL)) {
                    partitions.add(new TopicPartition(topic, partition.partition()));
                }
                if (partitions.isEmpty()) {
                    state = FollowerState.WAITING;
                    pause();
                }
            } catch (TimeoutException e) {
                state = FollowerState.CONNECTING;
            }
        }
        return partitions;
    }

    private void follow(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> history = consumer.endOffsets(partitions);
        state = FollowerState.LOADING;
        while (!isClosing()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            if (!records.isEmpty()) {
                deliver(records);
            }
            if (state == FollowerState.LOADING && hasReached(consumer, history)) {
                state = FollowerState.FOLLOWING;
                lastWarning = "";
                LOG.info("Following the rankings in {}", topic);
            }
        }
    }

    private void deliver(ConsumerRecords<byte[], byte[]> records) {
        List<Ranking> rankings = new ArrayList<>(records.count());
        long newestTimestamp = Long.MIN_VALUE;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                rankings.add(RankingJson.read(record.value()));
                newestTimestamp = Math.max(newestTimestamp, record.timestamp());
            } catch (MalformedRanking e) {
                skip(record, e);
            }
        }
        if (!rankings.isEmpty()) {
            listener.rankings(rankings, newestTimestamp);
        }
    }

    /** Says so less and less often, since there may be many. */
    private void skip(ConsumerRecord<byte[], byte[]> record, MalformedRanking reason) {
        long count = count(reason.flaw()).incrementAndGet();
        if (Long.bitCount(count) == 1) {
            LOG.warn(
                    "Skipped a record that is no ranking: {}-{} at offset {}: {}; {} of this kind so far",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    reason.getMessage(),
                    count);
        }
    }

    private static boolean hasReached(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> offsets) {
        for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
            if (consumer.position(entry.getKey()) < entry.getValue()) {
                return false;
            }
        }
        return true;
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void pause() {
        try {
            closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("this thread belongs to the follower", e);
        }
    }

    /** What goes on being wrong is said once. */
    private void warnOnce(String reason) {
        if (!reason.equals(lastWarning)) {
            LOG.warn("Cannot read the rankings in {}: {}; trying again", topic, reason);
            lastWarning = reason;
        }
    }

    /** The innermost message: Kafka wraps the one that helps. */
    private String text(KafkaException failure) {
        if (failure instanceof AuthorizationException) {
            return MissingRight.line(
                    settings.getProperty("bootstrap.servers"),
                    List.of(AclOperation.READ),
                    ResourceType.TOPIC,
                    topic);
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
