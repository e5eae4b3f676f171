package io.github.wikiflow.events.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the contract where they are missing. */
public final class TopicCreation {

    private static final Duration LEADERS_WITHIN = Duration.ofMinutes(1);
    private static final Duration LEADERS_RETRY = Duration.ofMillis(20);

    private TopicCreation() {}

    /**
     * Creates one topic with the contract's settings and the broker's default replication; does
     * nothing when there is one of that name.
     *
     * @param name the topic's name, usually {@link Topic#defaultName()}
     * @return whether it was created
     * @throws ExecutionException with Kafka's reason when the broker refuses or cannot be reached
     */
    public static boolean createIfMissing(Admin admin, Topic topic, String name)
            throws InterruptedException, ExecutionException {
        NewTopic request =
                new NewTopic(name, Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings());
        try {
            admin.createTopics(List.of(request)).all().get();
            awaitLeaders(admin, name, topic.partitions());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Waits until the leader of every partition takes records.
     *
     * <p>Kafka says that a topic is created before its brokers lead the partitions. An idempotent
     * producer that writes in between may have its first batch refused and the next one accepted;
     * the first is then out of sequence whenever it is tried again, until it expires.
     *
     * @param name an existing topic
     * @param partitions how many of its partitions to wait for, from 0
     * @throws ExecutionException if they have no leader within a minute
     */
    public static void awaitLeaders(Admin admin, String name, int partitions)
            throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(name, partition), OffsetSpec.latest());
        }
        long deadline = System.nanoTime() + LEADERS_WITHIN.toNanos();
        while (true) {
            try {
                // Asked first, since the client logs an error if offsets of an unknown topic are
                // listed.
                admin.describeTopics(List.of(name)).allTopicNames().get();
                admin.listOffsets(ends).all().get();
                return;
            } catch (ExecutionException e) {
                // A broker may not have heard of the topic yet, which the client does not wait for.
                if (!(e.getCause() instanceof RetriableException) || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(LEADERS_RETRY.toMillis());
            }
        }
    }
}
