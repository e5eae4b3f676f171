package io.github.wikiflow.dashboard;

import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.MalformedRanking;
import io.github.wikiflow.events.ranking.MalformedRanking.Flaw;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.testing.Mutations;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is on the rankings' topic, the dashboard shows the rankings and counts the rest. */
class OddRankingsIT {

    private static final int MUTATIONS = 2_000;

    /** No other window is newer. */
    private static final Ranking LAST =
            SampleRankings.of(
                    Dimension.USERS,
                    Instant.parse("9999-12-31T23:40:00Z"),
                    Pane.EARLY,
                    false,
                    Long.MAX_VALUE,
                    List.of(entry("last", 1)));

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void skipsAndCountsWhatIsNoRanking() throws Exception {
        List<byte[]> values = oddValues(new Random(Seed.draw()));
        Map<Flaw, Integer> flaws = new EnumMap<>(Flaw.class);
        for (byte[] value : values) {
            try {
                RankingJson.read(value);
            } catch (MalformedRanking e) {
                flaws.merge(e.flaw(), 1, Integer::sum);
            }
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder);
                StandInPipeline pipeline = new StandInPipeline()) {
            write(kafka.bootstrapServers(), values);
            try (Dashboard dashboard = Dashboard.start(settings(kafka, pipeline))) {
                URI uri = dashboard.uri();
                await("the last ranking")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> text(uri, "/api/rankings/users/current").contains("\"last\""));

                String metrics = text(uri, "/metrics");
                for (Flaw flaw : Flaw.values()) {
                    assertThat(metrics)
                            .contains(
                                    "wikiflow_dashboard_skipped_total{reason=\"%s\"} %.1f\n"
                                            .formatted(flaw.label(), (double) flaws.get(flaw)));
                }
                assertThat(get(uri, "/healthz").statusCode()).isEqualTo(200);
                assertShowsAll(uri);
            }
        }
    }

    private static List<byte[]> oddValues(Random random) {
        List<byte[]> values = new ArrayList<>();
        for (String value : List.of("{}", "null", "[]", "0", "\"\"", "", " ", "{", "\u0000")) {
            values.add(value.getBytes(StandardCharsets.UTF_8));
        }
        byte[] noise = new byte[900_000];
        random.nextBytes(noise);
        values.add(noise);
        values.add("[".repeat(900_000).getBytes(StandardCharsets.UTF_8));
        Mutations mutations =
                new Mutations(
                        List.of(
                                "{}",
                                "null",
                                "-",
                                "1.5",
                                "9",
                                "999999999999",
                                "\\ud800",
                                "\u202E",
                                "\"top\":[],",
                                "\"isFinal\":true,",
                                "\"bot\":null,",
                                "\u0000",
                                "<b>"));
        byte[] sample =
                RankingJson.write(
                        SampleRankings.early(
                                Dimension.PAGES,
                                7,
                                SampleRankings.page("enwiki", "A b", 4),
                                SampleRankings.page("dewiki", "=Ä\"", 3)));
        for (int i = 0; i < MUTATIONS; i++) {
            values.add(mutations.of(sample, random));
        }
        return values;
    }

    private static void write(String bootstrapServers, List<byte[]> values) throws Exception {
        String topic = Topic.RANKINGS.defaultName();
        try (RankingsTopic rankings = new RankingsTopic(bootstrapServers, topic);
                Producer<byte[], byte[]> producer =
                        new KafkaProducer<>(
                                Map.of("bootstrap.servers", bootstrapServers),
                                new ByteArraySerializer(),
                                new ByteArraySerializer())) {
            int number = 0;
            for (byte[] value : values) {
                // Of its own, so that none is compacted away.
                byte[] key = ("odd-" + number++).getBytes(StandardCharsets.UTF_8);
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
                record.headers().add("", null).add("\u0000", value.length < 100 ? value : key);
                producer.send(record);
            }
            producer.send(new ProducerRecord<>(topic, new byte[] {-1}, null));
            producer.flush();
            rankings.write(LAST);
        }
    }

    /** Each window's rankings can be had, and told as a table. */
    private void assertShowsAll(URI uri) throws Exception {
        JsonNode windows = new ObjectMapper().readTree(text(uri, "/api/windows"));
        assertThat(windows).isNotEmpty();
        for (String path : List.of("/api/windows.csv", "/api/status", "/")) {
            assertThat(get(uri, path).statusCode()).as(path).isEqualTo(200);
        }
        for (JsonNode window : windows) {
            for (Dimension dimension : Dimension.values()) {
                String path =
                        "/api/rankings/" + dimension.label() + "/" + window.get("start").asText();
                assertThat(get(uri, path).statusCode()).as(path).isIn(200, 404);
                assertThat(get(uri, path + ".csv").statusCode()).as(path).isIn(200, 404);
            }
        }
        assertThat(get(uri, "/api/rankings/pages/current.csv").statusCode()).isEqualTo(200);
    }

    private static DashboardSettings settings(EmbeddedKafka kafka, StandInPipeline pipeline) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return DashboardSettings.of(properties)
                .withHttpAddress(new InetSocketAddress("127.0.0.1", 0))
                .withSources(pipeline.uri(), pipeline.uri());
    }

    private String text(URI uri, String path) throws IOException, InterruptedException {
        return get(uri, path).body();
    }

    private HttpResponse<String> get(URI uri, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(uri.resolve(path)).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
