package io.github.wikiflow.sandbox.kafka;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.kafka.KafkaNeeds;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What a process is told that lacks a right or a topic, by a broker with TLS, SASL and ACLs. */
class KafkaNeedsIT {

    @TempDir private static Path folder;
    private static SecuredKafka kafka;

    /** Of the user that the test is about; without any right in the beginning. */
    private Properties client;

    private String user;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder);
        TopicCreation.createIfMissing(kafka.administrator(), Topic.CHANGES, "changes");
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void addUser(TestInfo test) throws Exception {
        user = test.getTestMethod().orElseThrow().getName();
        client = kafka.addUser(user, "secret of " + user);
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
    }

    @Test
    void nothingIsMissing() throws Exception {
        grant(TOPIC, "changes", READ, WRITE, DESCRIBE_CONFIGS);
        grant(TOPIC, "made-here", CREATE, READ);
        grant(GROUP, "group", READ);
        grant(TRANSACTIONAL_ID, "id-0", WRITE);
        KafkaNeeds needs =
                new KafkaNeeds(true)
                        .topic(Topic.CHANGES, "changes", READ, WRITE, DESCRIBE_CONFIGS)
                        .topic(Topic.LATE, "made-here", READ)
                        .group("group")
                        .transactionalId("id-0");
        assertThatCode(() -> needs.meet(client)).doesNotThrowAnyException();
        assertThat(kafka.administrator().listTopics().names().get()).contains("made-here");
    }

    @Test
    void noRightOnATopic() {
        assertRefusal(
                new KafkaNeeds(true).topic(Topic.CHANGES, "changes", READ),
                "Kafka at %s does not allow this user Read on Topic changes; grant it, see docs/security.md");
    }

    @Test
    void someRightsOnATopicButNotAll() throws Exception {
        grant(TOPIC, "changes", DESCRIBE, READ);
        assertRefusal(
                new KafkaNeeds(true).topic(Topic.CHANGES, "changes", READ, WRITE, DESCRIBE_CONFIGS),
                "Kafka at %s does not allow this user DescribeConfigs and Write on Topic changes; grant it, see docs/security.md");
    }

    @Test
    void noRightToCreate() throws Exception {
        grant(TOPIC, "missing", DESCRIBE, READ);
        assertRefusal(
                new KafkaNeeds(true).topic(Topic.CHANGES, "missing", READ),
                "the topic missing is missing, and Kafka at %s does not allow this user to create it; create it, or grant Create on Topic missing");
    }

    @Test
    void aTopicThatMustBeThere() throws Exception {
        grant(TOPIC, "missing", READ, CREATE);
        assertRefusal(
                new KafkaNeeds(false).topic(Topic.CHANGES, "missing", READ),
                "the topic missing is missing at %s; create it, or do without --no-create-topics");
    }

    @Test
    void whatIsReadIsNeverCreated() throws Exception {
        grant(TOPIC, "changes", DESCRIBE);
        grant(TOPIC, "chagnes", CREATE, READ);
        assertRefusal(
                new KafkaNeeds(true).input("--topic", "chagnes"),
                "--topic: Kafka at %s has no topic 'chagnes' (but changes); name the one that is written to, or first start the bridge, which creates it");
        grant(TOPIC, "x", CREATE, READ);
        assertRefusal(
                new KafkaNeeds(true).input("--topic", "x"),
                "--topic: Kafka at %s has no topic 'x'; name the one that is written to, or first start the bridge, which creates it");
        assertThat(kafka.administrator().listTopics().names().get()).doesNotContain("chagnes", "x");
    }

    @Test
    void noRightToRead() throws Exception {
        assertRefusal(
                new KafkaNeeds(true).input("--topic", "changes"),
                "Kafka at %s does not allow this user Read on Topic changes; grant it, see docs/security.md");
        grant(TOPIC, "changes", READ);
        assertThatCode(() -> new KafkaNeeds(true).input("--topic", "changes").meet(client))
                .doesNotThrowAnyException();
    }

    @Test
    void noRightOnTheGroup() {
        assertRefusal(
                new KafkaNeeds(true).group("group"),
                "Kafka at %s does not allow this user Read on Group group; grant it, see docs/security.md");
    }

    @Test
    void noRightOnTheTransactionalId() {
        assertRefusal(
                new KafkaNeeds(true).transactionalId("id-0"),
                "Kafka at %s does not allow this user Write on TransactionalId id-0; grant it, see docs/security.md");
    }

    @Test
    void aWrongPassword() {
        client.setProperty(
                "sasl.jaas.config",
                client.getProperty("sasl.jaas.config").replace("secret of", "no secret of"));
        assertRefusal(
                new KafkaNeeds(true).topic(Topic.CHANGES, "changes", READ),
                "--bootstrap-servers: Kafka at %s cannot be used (Authentication failed during authentication due to invalid credentials with SASL mechanism SCRAM-SHA-512); correct the TLS and SASL settings in --kafka-properties");
    }

    @Test
    void aCertificateThatIsNotTrusted() {
        client.remove("ssl.truststore.location");
        client.remove("ssl.truststore.type");
        assertRefusal(
                new KafkaNeeds(true).topic(Topic.CHANGES, "changes", READ),
                "--bootstrap-servers: Kafka at %s cannot be used (SSL handshake failed); correct the TLS and SASL settings in --kafka-properties");
    }

    @Test
    void noSecuritySettingsAtAll() {
        Properties plain = new Properties();
        plain.setProperty("bootstrap.servers", kafka.bootstrapServers());
        plain.setProperty("default.api.timeout.ms", "2000");
        plain.setProperty("request.timeout.ms", "1000");
        assertThatThrownBy(() -> new KafkaNeeds(true).group("group").meet(plain))
                .isInstanceOf(OperationException.class)
                .hasMessageEndingWith(
                        "start Kafka, name other brokers, or give its TLS and SASL settings by --kafka-properties");
    }

    private void assertRefusal(KafkaNeeds needs, String message) {
        assertThatThrownBy(() -> needs.meet(client))
                .isInstanceOf(OperationException.class)
                .hasMessage(message.formatted(kafka.bootstrapServers()));
    }

    private void grant(ResourceType type, String name, AclOperation... operations)
            throws Exception {
        kafka.grant(
                List.of(operations).stream()
                        .map(
                                operation ->
                                        new AclBinding(
                                                new ResourcePattern(
                                                        type, name, PatternType.LITERAL),
                                                new AccessControlEntry(
                                                        "User:" + user,
                                                        "*",
                                                        operation,
                                                        AclPermissionType.ALLOW)))
                        .toList());
    }
}
