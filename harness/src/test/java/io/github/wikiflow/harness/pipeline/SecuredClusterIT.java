package io.github.wikiflow.harness.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.harness.process.SupervisedProcess;
import io.github.wikiflow.quickstart.Home;
import io.github.wikiflow.quickstart.JobSubmission;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import io.github.wikiflow.quickstart.LakeRows;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.SecuredKafka;
import io.github.wikiflow.sandbox.tls.SelfSignedKey;
import java.io.IOException;
import java.io.Writer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka with TLS and logins, and JobManager and TaskManagers as processes that speak TLS among
 * themselves and at the REST API, all as docs/security.md sets it: the archive runs there, and
 * whoever has no certificate, or one that the cluster does not know, gets in nowhere.
 */
class SecuredClusterIT {

    private static final int EVENTS = 500;
    private static final int TASK_MANAGERS = 2;
    private static final String KAFKA_PASSWORD = "correct-horse-battery-staple";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** As the documentation says. */
    private static final String ALGORITHMS =
            "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384";

    @TempDir private static Path folder;
    private static SecuredKafka kafka;
    private static SelfSignedKey key;
    private static SelfSignedKey foreignKey;
    private static FlinkProcesses flink;
    private static final List<SupervisedProcess> PROCESSES = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        for (String name : List.of("lake", "log", "temporary")) {
            Files.createDirectories(folder.resolve(name));
        }
        key = SelfSignedKey.make(folder.resolve("keys"), "flink");
        foreignKey = SelfSignedKey.make(folder.resolve("keys"), "foreign");
        kafka = SecuredKafka.start(folder.resolve("kafka"));
        for (Topic topic : Topic.values()) {
            TopicCreation.createIfMissing(kafka.administrator(), topic, topic.defaultName());
        }
        Properties user = kafka.addUser("archive", KAFKA_PASSWORD);
        kafka.grant(everything("archive"));
        try (Writer writer = Files.newBufferedWriter(clientProperties())) {
            user.store(writer, null);
        }
        produce(user);
        flink = new FlinkProcesses(folder, closedWith(key));
        PROCESSES.add(
                SupervisedProcess.start(
                        "job-manager", flink::jobManager, folder.resolve("log/job-manager.out")));
        for (int number = 1; number <= TASK_MANAGERS; number++) {
            String name = "task-manager-" + number;
            PROCESSES.add(
                    SupervisedProcess.start(
                            name,
                            () -> flink.taskManager(name),
                            folder.resolve("log/" + name + ".out")));
        }
        await("the TaskManagers")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> registered() == TASK_MANAGERS);
    }

    @AfterAll
    static void stop() {
        PROCESSES.forEach(SupervisedProcess::close);
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void archivesEveryChangeAndShowsNoPassword() throws Exception {
        JobID job = new JobID();
        archive("lake").submit(client(key), job, null);

        LakeRows rows = new LakeRows(folder.resolve("lake"));
        await("all rows").atMost(PATIENCE).until(() -> rows.count() >= EVENTS);
        assertThat(rows.count()).isEqualTo(EVENTS);
        assertThat(subtasksPerTaskManager(job)).as("both have tasks").hasSize(TASK_MANAGERS);

        List<String> shown = new ArrayList<>();
        for (SupervisedProcess process : PROCESSES) {
            shown.add(
                    Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())))
                            .replace('\0', '\n'));
        }
        try (Stream<Path> logs = Files.list(folder.resolve("log"))) {
            for (Path log : logs.toList()) {
                shown.add(Files.readString(log));
            }
        }
        shown.add(ask(key, "/jobmanager/config"));
        shown.add(ask(key, "/jobs/%s/config".formatted(job)));
        assertThat(shown)
                .anyMatch(text -> text.contains("security.ssl.rest.keystore-password"))
                .noneMatch(text -> text.contains(key.password()))
                .noneMatch(text -> text.contains(KAFKA_PASSWORD));
    }

    @Test
    void noJobIsTakenFromAClientWithoutTheCertificate() throws Exception {
        Configuration without = client(key);
        without.setString("security.ssl.rest.authentication-enabled", "false");
        Configuration plain = client(key);
        plain.setString("security.ssl.rest.enabled", "false");
        int before = jobs();

        for (Configuration refused : List.of(without, plain, client(foreignKey))) {
            assertThatThrownBy(() -> archive("no-lake").submit(refused, new JobID(), null))
                    .isInstanceOf(OperationException.class)
                    .hasStackTraceContaining("Failed to submit ExecutionPlan");
        }
        assertThatThrownBy(() -> ask(null, "/overview")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ask(foreignKey, "/overview")).isInstanceOf(IOException.class);

        assertThat(jobs()).isEqualTo(before);
    }

    @Test
    void aTaskManagerWithAnotherKeyDoesNotGetIn() throws Exception {
        Map<String, String> settings = closedWith(foreignKey);
        settings.put("taskmanager.registration.timeout", "10 s");
        try (JavaProcess stranger =
                JavaProcess.start(
                        flink.with(settings).taskManager("stranger"),
                        folder.resolve("log/stranger.out"))) {
            assertThat(stranger.awaitEnd(PATIENCE)).as("it gives up").isTrue();
        }
        assertThat(folder.resolve("log/stranger.log"))
                .content()
                .contains("SSLHandshakeException", "Could not register at the ResourceManager");
        assertThat(registered()).isEqualTo(TASK_MANAGERS);
    }

    private static Map<String, String> closedWith(SelfSignedKey store) {
        Map<String, String> settings = new HashMap<>();
        settings.put("taskmanager.numberOfTaskSlots", "1");
        settings.put("execution.checkpointing.interval", "1s");
        settings.put("security.ssl.algorithms", ALGORITHMS);
        settings.put("security.ssl.rest.authentication-enabled", "true");
        for (String part : List.of("internal", "rest")) {
            String prefix = "security.ssl." + part + ".";
            settings.put(prefix + "enabled", "true");
            settings.put(prefix + "keystore", store.store().toString());
            settings.put(prefix + "keystore-password", store.password());
            settings.put(prefix + "key-password", store.password());
            settings.put(prefix + "truststore", store.store().toString());
            settings.put(prefix + "truststore-password", store.password());
        }
        return settings;
    }

    /** What a client of the cluster needs that shows this key. */
    private static Configuration client(SelfSignedKey own) {
        Configuration client = flink.configuration();
        client.setString("security.ssl.rest.keystore", own.store().toString());
        client.setString("security.ssl.rest.keystore-password", own.password());
        client.setString("security.ssl.rest.key-password", own.password());
        client.setString("rest.retry.max-attempts", "1");
        // A job's main method runs in this JVM, which has the job's libraries already.
        client.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        return client;
    }

    private static JobSubmission archive(String lake) {
        return new JobSubmission(
                "wikiflow-archive",
                Home.jobJar("archive"),
                Output.TAKES_BACK,
                List.of(
                        "--bootstrap-servers=" + kafka.bootstrapServers(),
                        "--kafka-properties=" + clientProperties(),
                        "--file-interval=1s",
                        "--lake=" + folder.resolve(lake)));
    }

    private static List<AclBinding> everything(String user) {
        List<AclBinding> rights = new ArrayList<>();
        for (ResourceType type :
                List.of(ResourceType.TOPIC, ResourceType.GROUP, ResourceType.TRANSACTIONAL_ID)) {
            rights.add(
                    new AclBinding(
                            new ResourcePattern(type, "*", PatternType.LITERAL),
                            new AccessControlEntry(
                                    "User:" + user,
                                    "*",
                                    AclOperation.ALL,
                                    AclPermissionType.ALLOW)));
        }
        return rights;
    }

    private static Path clientProperties() {
        return folder.resolve("client.properties");
    }

    private static void produce(Properties user) {
        Properties client = new Properties();
        client.putAll(user);
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, EVENTS)) {
                producer.send(
                        new ProducerRecord<>(
                                Topic.CHANGES.defaultName(), event.key(), event.json()));
            }
        }
    }

    private static int registered() throws Exception {
        return json("/taskmanagers").path("taskmanagers").size();
    }

    private static int jobs() throws Exception {
        return json("/jobs").path("jobs").size();
    }

    /** By the TaskManager's id: how many subtasks of the job it runs. */
    private static Map<String, Integer> subtasksPerTaskManager(JobID job) throws Exception {
        Map<String, Integer> subtasks = new HashMap<>();
        for (JsonNode vertex : json("/jobs/" + job).path("vertices")) {
            JsonNode managers =
                    json("/jobs/%s/vertices/%s/taskmanagers"
                                    .formatted(job, vertex.path("id").asText()))
                            .path("taskmanagers");
            for (JsonNode manager : managers) {
                subtasks.merge(manager.path("taskmanager-id").asText(), 1, Integer::sum);
            }
        }
        return subtasks;
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(ask(key, path));
    }

    /**
     * Asks the REST API.
     *
     * @param own the key to show; null for none
     * @throws IOException if the connection is refused
     */
    private static String ask(SelfSignedKey own, String path) throws Exception {
        KeyManager[] shown = null;
        if (own != null) {
            KeyManagerFactory keys =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own.load(), own.password().toCharArray());
            shown = keys.getKeyManagers();
        }
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        certificates.load(null, null);
        certificates.setCertificateEntry("flink", key.load().getCertificate("flink"));
        TrustManagerFactory trusted =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, trusted.getTrustManagers(), null);
        HttpResponse<String> response =
                HttpClient.newBuilder()
                        .sslContext(context)
                        .build()
                        .send(
                                HttpRequest.newBuilder(flink.address().resolve(path))
                                        .timeout(PATIENCE)
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.body());
        }
        return response.body();
    }
}
