package io.github.wikiflow.events.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.testing.Mutations;
import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingJsonTest {

    private static final Ranking PAGES =
            new Ranking(
                    Dimension.PAGES,
                    Instant.parse("2026-05-01T10:00:00Z"),
                    Instant.parse("2026-05-01T10:10:00Z"),
                    Pane.ON_TIME,
                    false,
                    17,
                    Instant.parse("2026-05-01T10:10:00.999Z"),
                    Instant.parse("2026-05-01T10:10:21Z"),
                    1234,
                    567,
                    List.of(
                            new RankingEntry(
                                    1, "Café <b>", 20, 0, "dewiki", false, new Place(3, 8)),
                            new RankingEntry(2, "😀", 19, 7, null, true, null)));

    /** The contract with every reader of the topic: a change here is a change of the contract. */
    private static final String PAGES_JSON =
            """
            {"dimension":"pages","windowStart":"2026-05-01T10:00:00Z","windowEnd":"2026-05-01T10:10:00Z",\
            "pane":"on_time","isFinal":false,"revision":17,"watermark":"2026-05-01T10:10:00.999Z",\
            "emittedAt":"2026-05-01T10:10:21Z","changes":1234,"distinct":567,"top":[\
            {"rank":1,"name":"Café <b>","count":20,"botCount":0,"wiki":"dewiki","cut":false,"before":{"rank":3,"count":8}},\
            {"rank":2,"name":"😀","count":19,"botCount":7,"cut":true}]}""";

    @Test
    void writesTheContract() {
        assertThat(new String(RankingJson.write(PAGES), StandardCharsets.UTF_8))
                .isEqualTo(PAGES_JSON);
    }

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(RankingJson.read(RankingJson.write(PAGES))).isEqualTo(PAGES);
    }

    @Test
    void hasNullForTheWatermarkBeforeTheFirst() throws Exception {
        Ranking early =
                new Ranking(
                        Dimension.USERS,
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(600),
                        Pane.EARLY,
                        false,
                        1,
                        null,
                        Instant.EPOCH,
                        0,
                        0,
                        List.of());
        byte[] json = RankingJson.write(early);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {"dimension":"users","windowStart":"1970-01-01T00:00:00Z","windowEnd":"1970-01-01T00:10:00Z",\
                        "pane":"early","isFinal":false,"revision":1,"watermark":null,\
                        "emittedAt":"1970-01-01T00:00:00Z","changes":0,"distinct":0,"top":[]}""");
        assertThat(RankingJson.read(json)).isEqualTo(early);
    }

    @Test
    void ignoresFieldsOfLaterReleases() throws Exception {
        String extended = PAGES_JSON.replaceFirst("\\{", "{\"later\":{\"a\":[1]},");
        assertThat(RankingJson.read(extended.getBytes(StandardCharsets.UTF_8))).isEqualTo(PAGES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "'' | NOT_JSON",
                "none | NOT_JSON",
                "{ | NOT_JSON",
                "{}x | NOT_A_RANKING",
                "nonsense | NOT_JSON",
                "null | NOT_A_RANKING",
                "{} | NOT_A_RANKING",
                "[] | NOT_A_RANKING",
                "12 | NOT_A_RANKING",
                "\"pages\" | NOT_A_RANKING",
                "{\"dimension\":\"moons\"} | NOT_A_RANKING"
            })
    void rejectsWhatIsNoRanking(String json, MalformedRanking.Flaw flaw) {
        assertMalformed(json, flaw);
    }

    /** Whatever is missing, null, of another type or out of range: no reader has to look for it. */
    @Test
    void rejectsARankingOfWhichAnyFieldIsWrong() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> wrong = new ArrayList<>();
        for (String value :
                List.of(
                        "null", "{}", "[]", "\"x\"", "-1", "1.5", "1e400", "[null]", "[{}]",
                        "true")) {
            wrong.add(mapper.readTree(value));
        }
        for (String instant : List.of("+10000-01-01T00:00:00Z", "0000-12-31T23:59:59Z")) {
            wrong.add(TextNode.valueOf(instant));
        }
        for (String field :
                List.of(
                        "dimension",
                        "windowStart",
                        "windowEnd",
                        "pane",
                        "isFinal",
                        "revision",
                        "watermark",
                        "emittedAt",
                        "changes",
                        "distinct",
                        "top")) {
            ObjectNode ranking = (ObjectNode) mapper.readTree(PAGES_JSON);
            assertThat(ranking.has(field)).as(field).isTrue();
            for (JsonNode value : wrong) {
                ranking.set(field, value);
                if (isRight(field, value)) {
                    RankingJson.read(mapper.writeValueAsBytes(ranking));
                } else {
                    assertMalformed(ranking.toString(), MalformedRanking.Flaw.NOT_A_RANKING);
                }
            }
            ranking.remove(field);
            if (!field.equals("watermark")) {
                assertMalformed(ranking.toString(), MalformedRanking.Flaw.NOT_A_RANKING);
            }
        }
        for (String field : List.of("rank", "name", "count", "botCount", "wiki", "cut", "before")) {
            ObjectNode ranking = (ObjectNode) mapper.readTree(PAGES_JSON);
            ObjectNode entry = (ObjectNode) ranking.get("top").get(0);
            for (JsonNode value : wrong) {
                entry.set(field, value);
                if (isRight(field, value)) {
                    RankingJson.read(mapper.writeValueAsBytes(ranking));
                } else {
                    assertMalformed(ranking.toString(), MalformedRanking.Flaw.NOT_A_RANKING);
                }
            }
        }
    }

    private static boolean isRight(String field, JsonNode value) {
        return switch (field) {
            case "watermark", "before" -> value.isNull();
            case "wiki" -> value.isValueNode();
            case "name" -> value.isValueNode() && !value.isNull();
            case "isFinal", "cut" -> value.isBoolean();
            case "revision" -> value.isInt();
            case "top" -> value.isArray() && value.isEmpty();
            default -> false;
        };
    }

    @Test
    void rejectsAWindowWithoutLengthAndNamesWithoutUtf8() {
        assertMalformed(
                PAGES_JSON.replace("10:10:00Z", "10:00:00Z"), MalformedRanking.Flaw.NOT_A_RANKING);
        assertMalformed(PAGES_JSON.replace("Café", "\\ud800"), MalformedRanking.Flaw.NOT_A_RANKING);
        assertMalformed(
                PAGES_JSON.replace("dewiki", "\\udc00"), MalformedRanking.Flaw.NOT_A_RANKING);
    }

    @Test
    void everyInputIsARankingOrMalformed() {
        Random random = new Random(Seed.draw());
        Mutations mutations =
                new Mutations(
                        List.of(
                                "{",
                                "}",
                                "[",
                                "]",
                                ",",
                                ":",
                                "\"",
                                "null",
                                "true",
                                "-",
                                "1e9",
                                "1.5",
                                "9999999999",
                                "99999999999999999999",
                                "1e999999999",
                                "\\ud800",
                                "+1000000000-12-31T23:59:59Z",
                                "\"top\":",
                                "\"rank\":0",
                                "{}"));
        int inputs = Integer.getInteger("fuzz.inputs", 30_000);
        int rankings = 0;
        byte[] sample = PAGES_JSON.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < inputs; i++) {
            byte[] input = mutations.of(sample, random);
            try {
                Ranking ranking = RankingJson.read(input);
                assertThat(RankingJson.read(RankingJson.write(ranking))).isEqualTo(ranking);
                rankings++;
            } catch (MalformedRanking e) {
                assertThat(e).hasMessageMatching("[\\w ,.]+");
            } catch (RuntimeException | StackOverflowError e) {
                fail(new String(input, StandardCharsets.UTF_8), e);
            }
        }
        assertThat(rankings).as("rankings among the inputs").isBetween(1, inputs - 1);
    }

    private static void assertMalformed(String json, MalformedRanking.Flaw flaw) {
        byte[] bytes = json == null ? null : json.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> RankingJson.read(bytes))
                .as(json)
                .isInstanceOfSatisfying(
                        MalformedRanking.class, e -> assertThat(e.flaw()).isEqualTo(flaw));
    }

    @Test
    void namesTheRecordByDimensionWindowAndLength() {
        assertThat(PAGES.key()).isEqualTo("pages|2026-05-01T10:00:00Z|PT10M");
    }
}
