package io.github.wikiflow.events.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

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
                            new RankingEntry(1, "Café <b>", 20, false, "dewiki"),
                            new RankingEntry(2, "😀", 19, false, null)));

    /** The contract with every reader of the topic: a change here is a change of the contract. */
    private static final String PAGES_JSON =
            """
            {"dimension":"pages","windowStart":"2026-05-01T10:00:00Z","windowEnd":"2026-05-01T10:10:00Z",\
            "pane":"on_time","isFinal":false,"revision":17,"watermark":"2026-05-01T10:10:00.999Z",\
            "emittedAt":"2026-05-01T10:10:21Z","changes":1234,"distinct":567,"top":[\
            {"rank":1,"name":"Café <b>","count":20,"bot":false,"wiki":"dewiki"},\
            {"rank":2,"name":"😀","count":19,"bot":false}]}""";

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

    @Test
    void rejectsWhatIsNoRanking() {
        assertThatThrownBy(
                        () ->
                                RankingJson.read(
                                        "{\"dimension\":\"moons\"}"
                                                .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("'moons' is none of users, humans, pages, wikis");
    }

    @Test
    void namesTheRecordByDimensionAndWindow() {
        assertThat(PAGES.key()).isEqualTo("pages|2026-05-01T10:00:00Z");
    }
}
