package io.github.wikiflow.dashboard;

import static io.github.wikiflow.dashboard.SampleRankings.LENGTH;
import static io.github.wikiflow.dashboard.SampleRankings.START;
import static io.github.wikiflow.dashboard.SampleRankings.bot;
import static io.github.wikiflow.dashboard.SampleRankings.early;
import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static io.github.wikiflow.dashboard.SampleRankings.of;
import static io.github.wikiflow.dashboard.SampleRankings.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.http.RawExchange;
import io.github.wikiflow.http.SecurityHeaders;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's HTTP interface against a real broker. */
class DashboardIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path kafkaFolder;

    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedKafka kafka;
    private StandInPipeline pipeline;
    private Dashboard dashboard;

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(kafkaFolder);
        pipeline = new StandInPipeline();
    }

    @AfterEach
    void stop() {
        if (dashboard != null) {
            dashboard.close();
        }
        pipeline.close();
        kafka.close();
    }

    @Test
    void aFreshStartShowsHistoryAndThenFollows() throws Exception {
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers())) {
            topic.write(
                    of(
                            Dimension.USERS,
                            START.minus(LENGTH),
                            Pane.ON_TIME,
                            true,
                            5,
                            List.of(entry("old", 2))),
                    early(Dimension.USERS, 1, bot("Bot", 30), entry("Ann", 10)),
                    early(Dimension.PAGES, 1, page("enwiki", "A b", 4)));
            topic.writeBytes("users|broken", "no ranking".getBytes(StandardCharsets.UTF_8));
            startDashboard();

            JsonNode users = awaitJson("/api/rankings/users/current", node -> node.has("top"));
            assertThat(users.path("changes").asLong()).isEqualTo(80);
            assertThat(users.path("state").asText()).isEqualTo("early");
            assertThat(users.path("hasPrevious").asBoolean()).isFalse();
            assertThat(users.path("top").get(0).path("name").asText()).isEqualTo("Bot");
            assertThat(users.path("top").get(0).path("bot").asBoolean()).isTrue();
            assertThat(users.path("top").get(0).path("share").asDouble()).isEqualTo(0.375);

            topic.write(early(Dimension.USERS, 2, entry("Ann", 50), bot("Bot", 31)));
            JsonNode next =
                    awaitJson(
                            "/api/rankings/users/current",
                            node -> node.path("revision").asLong() == 2);
            assertThat(next.path("top").get(0).path("previousRank").asInt()).isEqualTo(2);
            assertThat(next.path("top").get(1).path("previousRank").asInt()).isEqualTo(1);

            // A record that was delivered twice, or that is behind, changes nothing.
            topic.write(
                    early(Dimension.USERS, 1, entry("Late", 9)),
                    early(Dimension.WIKIS, 1, entry("enwiki", 1)));
            awaitJson("/api/rankings/wikis/current", node -> node.has("top"));
            assertThat(json("/api/rankings/users/" + START).path("revision").asLong()).isEqualTo(2);
            assertThat(json("/api/rankings/users/" + START.minus(LENGTH)).path("state").asText())
                    .isEqualTo("final");
            assertThat(json("/api/rankings/pages/current").path("top").get(0).path("url").asText())
                    .isEqualTo("https://en.wikipedia.org/wiki/A_b");

            JsonNode windows = json("/api/windows");
            assertThat(windows).hasSize(2);
            assertThat(windows.get(0).path("state").asText()).isEqualTo("final");
            assertThat(windows.get(1).path("changes").asLong()).isEqualTo(162);
            assertThat(windows.get(1).path("users").asLong()).isEqualTo(20);
        }
    }

    @Test
    void givesCsvForDownloadAndPlainErrors() throws Exception {
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers())) {
            topic.write(early(Dimension.USERS, 1, entry("=1+1", 3)));
        }
        startDashboard();
        awaitJson("/api/rankings/users/current", node -> node.has("top"));

        HttpResponse<String> csv = get("/api/rankings/users/" + START + ".csv");
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"wikiflow-users-2026-11-23T18-40-00Z.csv\"");
        assertThat(csv.body()).endsWith("2026-11-23T18:50:00Z,early,1,'=1+1,,3,0.5,false\r\n");
        assertThat(get("/api/rankings/users/current.csv").body()).isEqualTo(csv.body());
        assertThat(get("/api/rankings/users/current.csv?raw").body())
                .startsWith("window_start,")
                .endsWith("early,1,=1+1,,3,0.5,false\r\n");
        assertThat(get("/api/windows.csv").body())
                .isEqualTo(
                        "\uFEFFwindow_start,window_end,state,changes,users\r\n"
                                + "2026-11-23T18:40:00Z,2026-11-23T18:50:00Z,early,6,10\r\n");

        assertThat(get("/api/rankings/robots/current").statusCode()).isEqualTo(404);
        assertThat(get("/api/rankings/pages/current").statusCode()).isEqualTo(404);
        assertThat(get("/api/rankings/users/2026-11-23T18:50:00Z").statusCode()).isEqualTo(404);
        HttpResponse<String> bad = get("/api/rankings/users/yesterday");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(bad.body()).path("error").asText())
                .contains("2026-11-23T10:20:00Z");
    }

    @Test
    void pushesToBrowsersAndResumesWhereTheyWere() throws Exception {
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers())) {
            topic.write(early(Dimension.USERS, 1, entry("a", 1)));
            startDashboard();
            String lastId;
            try (EventReader first = new EventReader(uri("/api/events"), null)) {
                EventReader.Event ranking = first.await("ranking");
                assertThat(MAPPER.readTree(ranking.data()).path("revision").asLong()).isEqualTo(1);
                assertThat(first.await("window").data()).contains("\"changes\":2");
                assertThat(first.await("status").data())
                        .contains("\"kafka\":{\"health\":\"healthy\"");
                topic.write(early(Dimension.USERS, 2, entry("a", 2)));
                EventReader.Event next = first.await("ranking");
                assertThat(MAPPER.readTree(next.data()).path("revision").asLong()).isEqualTo(2);
                lastId = first.await("window").id();
            }
            topic.write(early(Dimension.HUMANS, 7, entry("b", 1)));
            try (EventReader second = new EventReader(uri("/api/events"), lastId)) {
                // The users' ranking is not sent again; what came since is.
                assertThat(second.await("ranking").data()).contains("\"dimension\":\"humans\"");
            }
            try (EventReader byParameter =
                    new EventReader(uri("/api/events?after=" + lastId), null)) {
                assertThat(byParameter.await("ranking").data())
                        .contains("\"dimension\":\"humans\"");
            }
        }
    }

    @Test
    void serves503BeyondItsSeatsAndFreesThoseOfClientsThatLeft() throws Exception {
        dashboard = Dashboard.start(settings().withLimits(2, 100, Duration.ofSeconds(30)));
        EventReader first = new EventReader(uri("/api/events"), null);
        try (EventReader second = new EventReader(uri("/api/events"), null)) {
            first.await("status");
            second.await("status");
            HttpResponse<String> refused = get("/api/events");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
            first.close();
            awaitClients(1);
            try (EventReader third = new EventReader(uri("/api/events"), null)) {
                third.await("status");
            }
        }
    }

    @Test
    void oneAddressDoesNotTakeAllSeats() throws Exception {
        dashboard =
                Dashboard.start(
                        settings()
                                .withAccess(
                                        new HttpAccess(
                                                List.of("wiki.example.org"),
                                                List.of("127.0.0.0/8"),
                                                1)));
        try (EventReader first = new EventReader(uri("/api/events"), null)) {
            first.await("status");
            assertThat(get("/api/events").statusCode()).isEqualTo(503);
            // Who comes through the proxy is somebody else, whatever it says that it was before.
            try (EventReader other =
                    new EventReader(
                            uri("/api/events"),
                            null,
                            "X-Forwarded-For",
                            "127.0.0.1, 203.0.113.7")) {
                other.await("status");
                assertThat(ask("GET", "/api/events", "X-Forwarded-For: 10.0.0.1, 203.0.113.7"))
                        .returns(503, RawExchange::status);
            }
        }
        assertThat(ask("GET", "/api/status", "X-Forwarded-Host: wiki.example.org").status())
                .isEqualTo(200);
        assertThat(ask("GET", "/api/status", "X-Forwarded-Host: evil.example").status())
                .isEqualTo(421);
    }

    @Test
    void headersOfAProxyThatNobodyTrustsCountNothing() throws Exception {
        startDashboard();
        int port = dashboard.uri().getPort();
        assertThat(
                        RawExchange.ask(
                                        port,
                                        "GET",
                                        "/",
                                        "Host: evil.example",
                                        "X-Forwarded-Host: localhost")
                                .status())
                .isEqualTo(421);
        assertThat(ask("GET", "/", "X-Forwarded-Host: evil.example").status()).isEqualTo(200);
    }

    @Test
    void servesOnlyReadersAndNoForeignPages() throws Exception {
        startDashboard();
        for (String path : List.of("/", "/api/status", "/api/events", "/metrics", "/nothing")) {
            for (String method :
                    List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "X")) {
                RawExchange answer = ask(method, path);
                assertThat(answer.status()).as(method + " " + path).isEqualTo(405);
                assertThat(answer.header("Allow")).containsExactly("GET, HEAD");
                assertIsSecured(answer);
                assertThat(ask(method, path, "Origin: http://evil.example").status())
                        .isEqualTo(403);
            }
            RawExchange foreign = ask("GET", path, "Sec-Fetch-Site: cross-site");
            assertThat(foreign.status()).as(path).isEqualTo(403);
            assertIsSecured(foreign);
        }
    }

    @Test
    void answersHeadAsGetAndErrorsAsJson() throws Exception {
        startDashboard();
        awaitJson("/api/status", node -> node.has("bridge"));
        for (String path :
                List.of(
                        "/",
                        "/style.css",
                        "/healthz",
                        "/api/windows",
                        "/metrics",
                        "/api/nothing")) {
            RawExchange get = ask("GET", path);
            RawExchange head = ask("HEAD", path);
            assertThat(head.status()).as(path).isEqualTo(get.status());
            assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
            assertThat(head.body()).isEmpty();
        }
        for (String path : List.of("/api/nothing", "/api/rankings/users", "/nothing")) {
            RawExchange answer = ask("GET", path, "Accept: text/html");
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type"))
                    .singleElement()
                    .asString()
                    .startsWith("application/json;");
            assertThat(MAPPER.readTree(answer.body()).path("error").asText())
                    .isEqualTo("Not Found");
            assertIsSecured(answer);
        }
        RawExchange broken =
                RawExchange.send(
                        dashboard.uri().getPort(),
                        "GET / HTTP/1.1\r\nno header\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(broken.status()).isEqualTo(400);
        assertIsSecured(broken);
    }

    @Test
    void doesNotSendTheWindowsAgainToWhoHasThem() throws Exception {
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers())) {
            topic.write(early(Dimension.USERS, 1, entry("a", 3)));
            startDashboard();
            awaitJson("/api/windows", node -> node.size() == 1);
            RawExchange first = ask("GET", "/api/windows");
            String tag = first.header("ETag").get(0);
            RawExchange again = ask("GET", "/api/windows", "If-None-Match: " + tag);
            assertThat(again.status()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(again.header("ETag")).containsExactly(tag);
            assertThat(ask("GET", "/api/windows", "Accept-Encoding: gzip"))
                    .returns(List.of("gzip"), answer -> answer.header("Content-Encoding"))
                    .returns(List.of(tag), answer -> answer.header("ETag"));

            topic.write(early(Dimension.USERS, 2, entry("a", 4)));
            awaitJson("/api/windows", node -> node.get(0).path("changes").asLong() == 8);
            assertThat(ask("GET", "/api/windows", "If-None-Match: " + tag).status()).isEqualTo(200);
        }
    }

    @Test
    void cutsAClientThatDoesNotReadAndServesTheOthers() throws Exception {
        dashboard = Dashboard.start(settings().withLimits(10, 100, Duration.ofSeconds(1)));
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers());
                EventReader reading = new EventReader(uri("/api/events"), null);
                StalledClient stalled = new StalledClient(dashboard.uri())) {
            awaitClients(2);
            String longName = "x".repeat(200_000);
            long[] revision = {0};
            await("only the client that reads is left")
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () -> {
                                topic.write(
                                        early(
                                                Dimension.USERS,
                                                ++revision[0],
                                                entry(longName, revision[0])));
                                return hasClients(1);
                            });
            stalled.readToTheEnd();
            topic.write(early(Dimension.USERS, ++revision[0], entry("the end", revision[0])));
            await("the client that reads gets the newest ranking")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> reading.await("ranking").data().contains("the end"));
        }
    }

    @Test
    void showsOnlyWhatIsCommitted() throws Exception {
        try (RankingsTopic topic = new RankingsTopic(kafka.bootstrapServers());
                Producer<byte[], byte[]> transactional =
                        new KafkaProducer<>(
                                Map.of(
                                        "bootstrap.servers",
                                        kafka.bootstrapServers(),
                                        "transactional.id",
                                        "test"),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            startDashboard();
            transactional.initTransactions();
            transactional.beginTransaction();
            send(transactional, 5, "aborted");
            transactional.flush();
            transactional.abortTransaction();
            transactional.beginTransaction();
            send(transactional, 3, "committed");
            transactional.commitTransaction();
            JsonNode users = awaitJson("/api/rankings/users/current", node -> node.has("top"));
            assertThat(users.path("top").get(0).path("name").asText()).isEqualTo("committed");
            topic.write(early(Dimension.USERS, 4, entry("next", 1)));
            awaitJson("/api/rankings/users/current", node -> node.path("revision").asLong() == 4);
        }
    }

    @Test
    void waitsForABrokerThatIsAwayAndForItsTopic() throws Exception {
        String address = kafka.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        kafka.close();
        startDashboard();
        awaitJson(
                "/api/status",
                node ->
                        node.path("rankings").asText().equals("connecting")
                                && node.path("kafka")
                                        .path("word")
                                        .asText()
                                        .equals("not reachable"));
        assertThat(get("/healthz").statusCode()).isEqualTo(200);

        kafka = EmbeddedKafka.start(kafkaFolder, port);
        awaitJson("/api/status", node -> node.path("rankings").asText().equals("waiting"));
        try (RankingsTopic topic = new RankingsTopic(address)) {
            topic.write(early(Dimension.USERS, 1, entry("a", 1)));
            awaitJson("/api/rankings/users/current", node -> node.has("top"));
            awaitJson("/api/status", node -> node.path("rankings").asText().equals("following"));

            kafka.close();
            awaitJson(
                    "/api/status",
                    node -> node.path("kafka").path("word").asText().equals("not reachable"));
            kafka = EmbeddedKafka.start(kafkaFolder, port);
            topic.write(early(Dimension.USERS, 2, entry("a", 2)));
            awaitJson("/api/rankings/users/current", node -> node.path("revision").asLong() == 2);
        }
    }

    @Test
    void reportsTheStateOfEveryPart() throws Exception {
        pipeline.answer("/healthz", 200, "{}")
                .answer(
                        "/metrics",
                        200,
                        "wikiflow_bridge_events_total 40\nwikiflow_bridge_missing_events_total 3\n")
                .answer(
                        "/jobs/overview",
                        200,
                        "{\"jobs\":[{\"jid\":\"j\",\"name\":\"wikiflow-archive\",\"state\":\"RESTARTING\"}]}")
                .answer("/jobs/j/checkpoints", 200, "{}")
                .answer("/jobs/j/exceptions", 200, "{}");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            TopicCreation.createIfMissing(admin, Topic.LATE, Topic.LATE.defaultName());
            producer.send(new ProducerRecord<>(Topic.LATE.defaultName(), new byte[] {1})).get();
            producer.send(new ProducerRecord<>(Topic.LATE.defaultName(), new byte[] {2})).get();
        }
        startDashboard();
        JsonNode status = awaitJson("/api/status", node -> node.has("bridge"));
        assertThat(status.path("bridge").path("word").asText()).isEqualTo("running");
        assertThat(status.path("bridge").path("gaps").asLong()).isEqualTo(3);
        assertThat(status.path("bridge").path("streamTime").isNull()).isTrue();
        assertThat(status.path("kafka").path("late").asLong()).isEqualTo(2);
        assertThat(status.path("kafka").path("deadLetters").isNull()).isTrue();
        assertThat(status.path("jobs").get(0).path("word").asText()).isEqualTo("restarting");
        assertThat(status.path("jobs").get(1).path("word").asText()).isEqualTo("not running");

        pipeline.close();
        JsonNode away =
                awaitJson(
                        "/api/status",
                        node -> node.path("bridge").path("word").asText().equals("unknown"));
        assertThat(away.path("jobs").get(0).path("health").asText()).isEqualTo("unknown");
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
        startDashboard();
        for (String path :
                List.of(
                        "/",
                        "/js/main.js",
                        "/style.css",
                        "/lib/uplot/dist/uPlot.esm.js",
                        "/healthz",
                        "/nothing")) {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode())
                    .as(path)
                    .isEqualTo(path.equals("/nothing") ? 404 : 200);
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe");
            assertThat(response.headers().firstValue("X-Content-Type-Options"))
                    .as(path)
                    .hasValue("nosniff");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .as(path)
                    .isEmpty();
        }
        // Nothing in the page itself may need what the policy forbids.
        assertThat(get("/").body())
                .doesNotContain("style=")
                .doesNotContain("onclick")
                .doesNotContain("http://");
    }

    @Test
    void saysThatItsPortIsTaken() {
        startDashboard();
        InetSocketAddress taken = new InetSocketAddress("127.0.0.1", dashboard.uri().getPort());
        assertThatThrownBy(() -> Dashboard.start(settings().withHttpAddress(taken)))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith(
                        "--http-address: cannot listen at 127.0.0.1:%d".formatted(taken.getPort()))
                .hasMessageEndingWith("free it or choose another");
    }

    private static void send(Producer<byte[], byte[]> producer, long revision, String name) {
        var ranking = early(Dimension.USERS, revision, entry(name, 1));
        producer.send(
                new ProducerRecord<>(
                        Topic.RANKINGS.defaultName(),
                        ranking.key().getBytes(StandardCharsets.UTF_8),
                        RankingJson.write(ranking)));
    }

    private void startDashboard() {
        dashboard = Dashboard.start(settings());
    }

    private DashboardSettings settings() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return DashboardSettings.of(properties)
                .withHttpAddress(new InetSocketAddress("127.0.0.1", 0))
                .withSources(pipeline.uri(), pipeline.uri());
    }

    private URI uri(String path) {
        return dashboard.uri().resolve(path);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private RawExchange ask(String method, String path, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Host: localhost";
        return RawExchange.ask(dashboard.uri().getPort(), method, path, all);
    }

    private static void assertIsSecured(RawExchange answer) {
        SecurityHeaders.ALL.forEach(
                (name, value) -> assertThat(answer.header(name)).as(name).containsExactly(value));
        assertThat(answer.header("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; script-src 'self'");
    }

    private JsonNode json(String path) throws Exception {
        return MAPPER.readTree(get(path).body());
    }

    /** Asks until the answer is as wanted. */
    private JsonNode awaitJson(String path, Predicate<JsonNode> wanted) throws Exception {
        AtomicReference<JsonNode> answer = new AtomicReference<>();
        await(path)
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            answer.set(json(path));
                            return wanted.test(answer.get());
                        });
        return answer.get();
    }

    private void awaitClients(int count) throws Exception {
        await(count + " clients").atMost(Duration.ofMinutes(1)).until(() -> hasClients(count));
    }

    private boolean hasClients(int count) throws Exception {
        return get("/metrics").body().contains("wikiflow_dashboard_clients %d.0".formatted(count));
    }
}
