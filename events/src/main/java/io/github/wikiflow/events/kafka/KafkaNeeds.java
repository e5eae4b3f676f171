package io.github.wikiflow.events.kafka;

import io.github.wikiflow.events.options.OperationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process needs in Kafka: topics, of which those that it writes are created where they are
 * missing, and the rights to use them. Asked for before anything runs, so that whatever is missing
 * is one line that says what to grant, and not a client that tries again for ever. Not thread-safe.
 *
 * <p>The broker itself says what its client may do; one without an authorizer allows everything.
 */
public final class KafkaNeeds {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaNeeds.class);
    private static final String TIMEOUT_MILLIS = "15000";
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(15);
    private static final long RETRY_MILLIS = 20;

    /** Names that begin with so many of the same letters may have been meant. */
    private static final int ALIKE = 3;

    private static final int SHOWN = 5;

    private final Map<String, TopicNeed> topics = new LinkedHashMap<>();

    /** The option that names each. */
    private final Map<String, String> inputs = new LinkedHashMap<>();

    private final List<String> groups = new ArrayList<>();

    /** What people grant, by the id that is asked about. */
    private final Map<String, String> transactionalIds = new LinkedHashMap<>();

    private final boolean createsTopics;

    /**
     * @param createsTopics whether missing topics are created; else they are an error
     */
    public KafkaNeeds(boolean createsTopics) {
        this.createsTopics = createsTopics;
    }

    /** A topic that is used in these ways. */
    public KafkaNeeds topic(Topic topic, String name, AclOperation... operations) {
        topics.put(name, new TopicNeed(topic, EnumSet.copyOf(List.of(operations))));
        return this;
    }

    /**
     * A topic that is read, and that somebody else writes. It is never created: under a mistyped
     * name there would be nothing to read, for ever, and nothing would say so.
     *
     * @param option by which it is named
     */
    public KafkaNeeds input(String option, String name) {
        inputs.put(name, option);
        return this;
    }

    /** A consumer group that offsets are committed for. */
    public KafkaNeeds group(String id) {
        groups.add(id);
        return this;
    }

    /** A transactional id. */
    public KafkaNeeds transactionalId(String id) {
        transactionalIds.put(id, id);
        return this;
    }

    /** All transactional ids that Flink's Kafka sink makes from a prefix. */
    public KafkaNeeds transactionalIds(String prefix) {
        transactionalIds.put(prefix + "-0-0", prefix + "*");
        return this;
    }

    /**
     * Creates the topics that are missing, and checks everything else.
     *
     * @param client how to reach the broker
     * @throws OperationException if the broker cannot be reached, or something is missing
     */
    public void meet(Properties client) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        properties.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        String broker = properties.getProperty("bootstrap.servers");
        try (Admin admin = Admin.create(properties)) {
            for (Map.Entry<String, String> input : inputs.entrySet()) {
                meetInput(admin, broker, input.getKey(), input.getValue());
            }
            for (Map.Entry<String, TopicNeed> need : topics.entrySet()) {
                meet(admin, broker, need.getKey(), need.getValue());
            }
            for (String group : groups) {
                meetGroup(admin, broker, group);
            }
            for (Map.Entry<String, String> id : transactionalIds.entrySet()) {
                meetTransactionalId(admin, broker, id.getKey(), id.getValue());
            }
        } catch (ExecutionException e) {
            throw unreachable(broker, Objects.requireNonNull(e.getCause()));
        } catch (KafkaException e) {
            throw unreachable(broker, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(broker, e);
        }
    }

    private void meet(Admin admin, String broker, String name, TopicNeed need)
            throws InterruptedException, ExecutionException {
        @Nullable Set<AclOperation> allowed;
        try {
            allowed = allowed(admin, name);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw notAllowed(broker, need.operations(), ResourceType.TOPIC, name, e);
            }
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw e;
            }
            create(admin, broker, name, need.topic());
            allowed = allowedOnNew(admin, name);
        }
        requireAllowed(broker, name, need.operations(), allowed);
    }

    private static void meetInput(Admin admin, String broker, String name, String option)
            throws InterruptedException, ExecutionException {
        Set<AclOperation> read = EnumSet.of(AclOperation.READ);
        try {
            requireAllowed(broker, name, read, allowed(admin, name));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw notAllowed(broker, read, ResourceType.TOPIC, name, e);
            }
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException
                    || e.getCause() instanceof InvalidTopicException)) {
                throw e;
            }
            List<String> alike =
                    admin.listTopics().names().get().stream()
                            .filter(other -> beginsAlike(other, name))
                            .sorted()
                            .limit(SHOWN)
                            .toList();
            throw new OperationException(
                    "%s: Kafka at %s has no topic '%s'%s; name the one that is written to, or first start the bridge, which creates it"
                            .formatted(
                                    option,
                                    broker,
                                    name,
                                    alike.isEmpty()
                                            ? ""
                                            : " (but %s)".formatted(String.join(", ", alike))),
                    e);
        }
    }

    private static boolean beginsAlike(String topic, String wanted) {
        return topic.regionMatches(true, 0, wanted, 0, Math.min(ALIKE, wanted.length()));
    }

    private static void requireAllowed(
            String broker,
            String topic,
            Set<AclOperation> needed,
            @Nullable Set<AclOperation> allowed) {
        if (allowed != null && !allowed.containsAll(needed)) {
            Set<AclOperation> missing = EnumSet.copyOf(needed);
            missing.removeAll(allowed);
            throw notAllowed(broker, missing, ResourceType.TOPIC, topic, null);
        }
    }

    /** What this user may do with the topic; null from brokers that do not tell. */
    private static @Nullable Set<AclOperation> allowed(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        TopicDescription description =
                admin.describeTopics(
                                List.of(topic),
                                new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .allTopicNames()
                        .get()
                        .get(topic);
        return Objects.requireNonNull(description, topic).authorizedOperations();
    }

    /** Some brokers may not have heard of the topic yet. */
    private static @Nullable Set<AclOperation> allowedOnNew(Admin admin, String topic)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            try {
                return allowed(admin, topic);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || System.nanoTime() > deadline) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        }
    }

    private void create(Admin admin, String broker, String name, Topic topic)
            throws InterruptedException, ExecutionException {
        if (!createsTopics) {
            throw new OperationException(
                    "the topic %s is missing at %s; create it, or do without --no-create-topics"
                            .formatted(name, broker));
        }
        try {
            TopicCreation.createIfMissing(admin, topic, name);
            LOG.info("Created the topic {}", name);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw new OperationException(
                        "the topic %s is missing, and Kafka at %s does not allow this user to create it; create it, or grant Create on Topic %s"
                                .formatted(name, broker, name),
                        e);
            }
            throw e;
        }
    }

    private static void meetGroup(Admin admin, String broker, String group)
            throws InterruptedException, ExecutionException {
        try {
            admin.describeConsumerGroups(List.of(group)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw notAllowed(broker, Set.of(AclOperation.READ), ResourceType.GROUP, group, e);
            }
            if (!(e.getCause() instanceof GroupIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static void meetTransactionalId(
            Admin admin, String broker, String transactionalId, String toGrant)
            throws InterruptedException, ExecutionException {
        try {
            admin.describeTransactions(List.of(transactionalId)).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw notAllowed(
                        broker,
                        Set.of(AclOperation.WRITE),
                        ResourceType.TRANSACTIONAL_ID,
                        toGrant,
                        e);
            }
            if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
                throw e;
            }
        }
    }

    private static OperationException notAllowed(
            String broker,
            Set<AclOperation> operations,
            ResourceType type,
            String name,
            @Nullable Throwable cause) {
        return new OperationException(MissingRight.line(broker, operations, type, name), cause);
    }

    private static OperationException unreachable(String broker, Throwable cause) {
        Throwable reason = cause;
        while (reason.getCause() instanceof KafkaException inner) {
            reason = inner;
        }
        String remedy =
                reason instanceof AuthenticationException
                        ? "correct the TLS and SASL settings in --kafka-properties"
                        : "start Kafka, name other brokers, or give its TLS and SASL settings by --kafka-properties";
        return new OperationException(
                "--bootstrap-servers: Kafka at %s cannot be used (%s); %s"
                        .formatted(broker, reason.getMessage(), remedy),
                cause);
    }

    /** How a topic is used, and as what it is created. */
    private record TopicNeed(Topic topic, Set<AclOperation> operations) {}
}
