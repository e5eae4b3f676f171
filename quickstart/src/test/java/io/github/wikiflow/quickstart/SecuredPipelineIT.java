package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.bridge.Bridge;
import io.github.wikiflow.bridge.BridgeOptions;
import io.github.wikiflow.bridge.BridgeSettings;
import io.github.wikiflow.dashboard.Dashboard;
import io.github.wikiflow.dashboard.DashboardSettings;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.DocumentedRights.Right;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.SecuredKafka;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pipeline against a Kafka with TLS, SASL and ACLs. Each process is a user of its own and may
 * do what {@code docs/security.md} lists for it: with all of that it works, and without any single
 * right it says which one is missing. The password shows nowhere.
 */
class SecuredPipelineIT {

    private static final int EVENTS = 500;
    private static final String PASSWORD = "correct-horse-battery-staple";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** By process: the user who lacks none of its rights. */
    private static final Map<String, String> ENTITLED = new HashMap<>();

    @TempDir private static Path folder;
    private static SecuredKafka kafka;
    private static DataFolder data;
    private static LocalFlink flink;
    private static int users;

    @BeforeAll
    static void start() throws Exception {
        kafka = SecuredKafka.start(folder.resolve("kafka"));
        for (Topic topic : Topic.values()) {
            TopicCreation.createIfMissing(kafka.administrator(), topic, topic.defaultName());
        }
        data = DataFolder.open(folder.resolve("data"), "simulated");
        flink = LocalFlink.start(Home.folder().resolve("flink-conf"), data, 0);
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            flink.close();
        } finally {
            data.close();
            kafka.close();
        }
    }

    static List<Right> rights() throws IOException {
        return DocumentedRights.read(Home.folder().resolve("docs/security.md"));
    }

    @Test
    void theDocumentedRightsAreEnoughAndAllUsedAndThePasswordShowsNowhere() throws Exception {
        try (LogLines log = LogLines.capture();
                SimulatedEventStreams stream = stream()) {
            BridgeSettings settings = bridgeSettings(stream.uri(), user("bridge", null));
            try (Bridge bridge = Bridge.start(settings, new SimpleMeterRegistry())) {
                Awaitility.await("forwarded events")
                        .atMost(PATIENCE)
                        .until(() -> bridge.statistics().eventsForwarded() >= EVENTS);
            }
            // The next one reads how far the first has come, and what it wrote last.
            Bridge.start(settings, new SimpleMeterRegistry()).close();
            awaitUseOfAllRights("bridge");
            List<String> answers = new ArrayList<>();
            submit("archive", user("archive", null));
            submit("rankings", user("rankings", null));
            for (String process : List.of("archive", "rankings")) {
                awaitUseOfAllRights(process);
                StopWithSavepoint.of(new FlinkRest(flink.address()), page(process), true);
                answers.addAll(answersOfFinished(process));
                answers.add(get(flink.address().resolve(page(process) + "/checkpoints")));
            }
            submit("rankings-from-lake", user("rankings-from-lake", null), "--bounded");
            answers.addAll(answersOfFinished("rankings-from-lake"));
            awaitUseOfAllRights("rankings-from-lake");
            // The late change is a row too.
            assertThat(new LakeRows(data.lake()).count()).isEqualTo(EVENTS + 1);

            try (Dashboard dashboard =
                    Dashboard.start(dashboardSettings(user("dashboard", null)))) {
                Awaitility.await("the dashboard follows")
                        .atMost(PATIENCE)
                        .until(
                                () -> status(dashboard),
                                status ->
                                        status.contains("Kafka answers")
                                                && status.contains("following"));
                answers.add(status(dashboard));
                answers.add(get(dashboard.uri().resolve("/metrics")));
                awaitUseOfAllRights("dashboard");
            }

            assertThat(log.lines())
                    .as("Kafka's clients log their settings")
                    .anyMatch(line -> line.contains("sasl.jaas.config = [hidden]"))
                    .noneMatch(line -> line.contains(PASSWORD));
            assertThat(answers).noneMatch(answer -> answer.contains(PASSWORD));
        }
    }

    @ParameterizedTest
    @MethodSource("rights")
    void eachDocumentedRightIsNeededAndNamedWhenItIsMissing(Right missing) throws Exception {
        Predicate<String> saysSo =
                Pattern.compile(missing.line(kafka.bootstrapServers())).asPredicate();
        Path properties = user(missing.process(), missing);
        switch (missing.process()) {
            case "bridge" ->
                    assertRefused(
                            () ->
                                    Bridge.start(
                                            bridgeSettings(
                                                    URI.create("http://127.0.0.1:1"), properties),
                                            new SimpleMeterRegistry()),
                            saysSo);
            case "archive", "rankings", "rankings-from-lake" ->
                    assertRefused(() -> submit(missing.process(), properties), saysSo);
            case "dashboard" -> {
                try (LogLines log = LogLines.capture();
                        Dashboard dashboard = Dashboard.start(dashboardSettings(properties))) {
                    Awaitility.await(missing.toString())
                            .atMost(PATIENCE)
                            .until(
                                    () ->
                                            saysSo.test(status(dashboard))
                                                    || log.lines().stream().anyMatch(saysSo));
                }
            }
            default -> throw new AssertionError("no such process: " + missing);
        }
    }

    /** Who has a right without ever using it has one too many. */
    private static void awaitUseOfAllRights(String process) throws IOException {
        List<Right> rights =
                rights().stream().filter(right -> right.process().equals(process)).toList();
        String user = ENTITLED.get(process);
        Awaitility.await(process + " uses its rights")
                .atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(rights)
                                        .allMatch(
                                                right ->
                                                        kafka.usedRights().stream()
                                                                .anyMatch(
                                                                        use ->
                                                                                right.isUsed(
                                                                                        use,
                                                                                        user))));
    }

    private static void assertRefused(ThrowingCallable start, Predicate<String> saysSo) {
        assertThatThrownBy(start)
                .isInstanceOf(OperationException.class)
                .extracting(Throwable::getMessage)
                .matches(saysSo);
    }

    /**
     * Makes a user with the rights of a process.
     *
     * @param without the right that is left out; null for none
     * @return what the process takes as {@code --kafka-properties}
     */
    private static Path user(String process, Right without) throws Exception {
        String name = process + "-" + ++users;
        Properties properties = kafka.addUser(name, PASSWORD);
        kafka.grant(
                rights().stream()
                        .filter(right -> right.process().equals(process) && !right.equals(without))
                        .map(right -> right.binding(name))
                        .toList());
        if (without == null) {
            ENTITLED.put(process, name);
        }
        if (process.equals("archive")) {
            keepElsewhere(properties);
        }
        Path file = folder.resolve(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    /**
     * Leaves in the properties only the place of the password, which clients look up themselves.
     */
    private static void keepElsewhere(Properties properties) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "password=" + PASSWORD);
        properties.setProperty("config.providers", "file");
        properties.setProperty(
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider");
        properties.setProperty(
                "sasl.jaas.config",
                properties
                        .getProperty("sasl.jaas.config")
                        .replace(PASSWORD, "${file:%s:password}".formatted(secret)));
    }

    private static SimulatedEventStreams stream() throws IOException {
        InMemoryLog log = new InMemoryLog();
        for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, EVENTS)) {
            log.append(DataCentre.EQIAD, event.sourceTime(), event.json());
        }
        long end = Workload.clean().start().plus(Duration.ofHours(1)).toEpochMilli();
        // A dead letter of the bridge, one of the archive, and a change too late to be ranked.
        for (String odd :
                List.of(
                        "no JSON",
                        "{\"meta\":{\"id\":\"6f9a1d5e-3f0c-4c37-9d51-0a6c8b1f3e11\"}}",
                        "{\"meta\":{\"id\":\"6f9a1d5e-3f0c-4c37-9d51-0a6c8b1f3e12\"},\"timestamp\":1}")) {
            log.append(DataCentre.EQIAD, end, odd.getBytes(StandardCharsets.UTF_8));
        }
        return SimulatedEventStreams.start(
                SimulatedStreamSettings.builder(log)
                        .start(SimulatedStreamSettings.Start.BEGINNING)
                        .build());
    }

    private static BridgeSettings bridgeSettings(URI stream, Path properties) {
        return BridgeOptions.settings(
                "--stream-url=" + stream.resolve("."),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--kafka-properties=" + properties);
    }

    private static void submit(String job, Path properties, String... further) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--kafka-properties=" + properties));
        if (!job.equals("rankings")) {
            arguments.add("--lake=" + data.lake());
        }
        if (job.equals("archive")) {
            // Its group is told the offsets at each of its checkpoints.
            arguments.add("--file-interval=1s");
        } else {
            arguments.add("--delivery=exactly-once");
        }
        if (job.equals("rankings-from-lake")) {
            arguments.add("--source=lake");
        }
        arguments.addAll(List.of(further));
        new JobSubmission(
                        "wikiflow-" + job,
                        Home.jobJar(job.replace("-from-lake", "")),
                        JobSubmission.Output.TAKES_BACK,
                        arguments)
                .submit(flink.clientConfiguration(), data);
    }

    private static DashboardSettings dashboardSettings(Path properties) throws IOException {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        client.load(Files.newBufferedReader(properties));
        return DashboardSettings.of(client)
                .withHttpAddress(new InetSocketAddress("127.0.0.1", 0))
                .withSources(flink.address(), URI.create("http://127.0.0.1:1"));
    }

    /** As {@link #answersOfFlink}, when the job has come to its end. */
    private static List<String> answersOfFinished(String process) throws Exception {
        Awaitility.await(process + " has finished")
                .atMost(PATIENCE)
                .until(
                        () ->
                                new FlinkRest(flink.address())
                                        .get(page(process))
                                        .path("state")
                                        .asText(),
                        "FINISHED"::equals);
        return answersOfFlink(process);
    }

    private static String page(String process) {
        return "/jobs/" + JobSubmission.jobId("wikiflow-" + process);
    }

    /** All that the web UI can show of any job and of the cluster's settings. */
    private static List<String> answersOfFlink(String process) throws Exception {
        List<String> answers = new ArrayList<>();
        String page = page(process);
        for (String path :
                List.of(
                        page,
                        page + "/config",
                        page + "/plan",
                        page + "/exceptions",
                        page + "/jobmanager/config",
                        page + "/jobmanager/environment",
                        "/jobmanager/config",
                        "/jobmanager/environment")) {
            answers.add(get(flink.address().resolve(path)));
        }
        return answers;
    }

    private static String get(URI address) throws Exception {
        HttpResponse<String> response = response(address);
        assertThat(response.statusCode()).as("%s: %s", address, response.body()).isEqualTo(200);
        return response.body();
    }

    /** What the dashboard knows of the pipeline; an error as long as it knows nothing. */
    private static String status(Dashboard dashboard) throws Exception {
        return response(dashboard.uri().resolve("/api/status")).body();
    }

    private static HttpResponse<String> response(URI address) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
