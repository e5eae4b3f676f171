package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answers agree with a recount that knows nothing but the bytes, the partitions and the record
 * times of the events.
 */
class ExpectedAnswersTest {

    private static final int PARTITIONS = 3;
    private static final int EVENTS = 8_000;

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final RankingRules SHORT_WINDOWS =
            RankingRules.DEFAULTS.withTimes(
                    Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void agreeWithARecount(long seed) {
        check(hostile(seed), RankingRules.DEFAULTS);
        check(hostile(seed), SHORT_WINDOWS);
    }

    @Test
    void agreeWithARecountOfSomeTypes() {
        check(hostile(4), SHORT_WINDOWS.withTypes(Set.of("edit", "new")).withTop(3));
    }

    @Test
    void agreeWithARecountThatWaitsForLateEvents() {
        check(hostile(5), SHORT_WINDOWS.withLateCounted());
    }

    @Test
    void haveTheirKindsInTheRightPlaces() {
        ExpectedAnswers answers =
                ExpectedAnswers.toTopic(hostile(6), PARTITIONS, RankingRules.DEFAULTS);

        assertThat(answers.lake().malformed())
                .noneMatch(landed -> landed.event().kind().isChange());
        assertThat(answers.lake().poisoned())
                .isNotEmpty()
                .allMatch(landed -> landed.event().kind() == EventKind.POISONED);
        assertThat(answers.rankings().late())
                .isNotEmpty()
                .allMatch(
                        landed ->
                                landed.event().kind() == EventKind.LATE
                                        || landed.event().kind() == EventKind.ANCIENT);
    }

    @ParameterizedTest
    @EnumSource(EventKind.class)
    void countEachKindWhereItBelongs(EventKind kind) {
        EventLog log =
                new EventLog(
                        kind == EventKind.NORMAL
                                ? Workload.clean()
                                : Workload.builder().share(kind, 0.1).build());
        ExpectedAnswers answers = ExpectedAnswers.ofCounts(RankingRules.DEFAULTS);
        TopicModel topic = new TopicModel(PARTITIONS);
        for (GeneratedEvent event : log.events(0, 1_000)) {
            answers.add(topic.land(event));
        }

        long special = kind == EventKind.NORMAL ? 0 : 100;
        long poisoned = kind == EventKind.POISONED ? special : 0;
        long malformed = kind.isChange() ? 0 : special;
        assertThat(answers.lake().poisonedCount()).isEqualTo(poisoned);
        assertThat(answers.lake().malformedCount()).isEqualTo(malformed);
        assertThat(answers.lake().rowCount()).isEqualTo(1_000 - malformed - poisoned);
    }

    private static Iterable<GeneratedEvent> hostile(long seed) {
        // More than an hour, so that late events find their windows closed.
        return new EventLog(
                        Workload.hostile().toBuilder()
                                .seed(seed)
                                .eventsPerSecond(2)
                                .share(EventKind.NOT_UTF_8, 0.003)
                                .build())
                .events(0, EVENTS);
    }

    private static void check(Iterable<GeneratedEvent> events, RankingRules rules) {
        ExpectedAnswers answers = ExpectedAnswers.toTopic(events, PARTITIONS, rules);
        Recount recount = new Recount(rules);
        TopicModel topic = new TopicModel(PARTITIONS);
        for (GeneratedEvent event : events) {
            recount.add(topic.land(event));
        }

        assertThat(answers.lake().rows("wiki-changes").stream().map(LakeRow::text).toList())
                .isEqualTo(recount.rows);
        assertThat(places(answers.lake().malformed())).isEqualTo(places(recount.malformed));
        assertThat(places(answers.lake().poisoned())).isEqualTo(places(recount.poisoned));
        assertThat(places(answers.rankings().late())).isEqualTo(places(recount.late));
        assertThat(answers.rankings().rankings()).isEqualTo(recount.rankings());
    }

    private static List<String> places(List<LandedEvent> events) {
        return events.stream().map(event -> event.partition() + "/" + event.offset()).toList();
    }

    /** Counts by lists and loops over what a general JSON library reads. */
    private static final class Recount {
        private final RankingRules rules;
        private final List<String> rows = new ArrayList<>();
        private final List<LandedEvent> malformed = new ArrayList<>();
        private final List<LandedEvent> poisoned = new ArrayList<>();
        private final List<LandedEvent> late = new ArrayList<>();
        private final long[] newest = new long[PARTITIONS];
        private final TreeMap<Long, List<JsonNode>> windows = new TreeMap<>();

        Recount(RankingRules rules) {
            this.rules = rules;
            Arrays.fill(newest, Long.MIN_VALUE);
        }

        void add(LandedEvent landed) {
            JsonNode json = read(landed.event().json());
            if (json == null
                    || !json.isObject()
                    || !json.path("meta").isObject()
                    || !json.path("timestamp").canConvertToLong()
                    || !json.path("timestamp").isIntegralNumber()
                    || json.path("timestamp").asLong() < 0
                    || json.path("timestamp").asLong()
                            > Instant.parse("9999-12-31T23:59:59Z").getEpochSecond()) {
                malformed.add(landed);
                return;
            }
            long time = json.path("timestamp").asLong() * 1000;
            if (time - landed.recordTime() > rules.futureTolerance().toMillis()) {
                poisoned.add(landed);
                return;
            }
            rows.add(row(landed, json));
            long watermark =
                    newest[landed.partition()] == Long.MIN_VALUE
                            ? Long.MIN_VALUE
                            : newest[landed.partition()] - rules.outOfOrderness().toMillis() - 1;
            newest[landed.partition()] = Math.max(newest[landed.partition()], time);
            if (!rules.types().isEmpty() && !rules.types().contains(json.path("type").asText())) {
                return;
            }
            long start = time - time % rules.window().toMillis();
            long cleanUp =
                    start + rules.window().toMillis() - 1 + rules.allowedLateness().toMillis();
            if (watermark >= cleanUp) {
                late.add(landed);
                if (rules.dropsLate()) {
                    return;
                }
            }
            windows.computeIfAbsent(start, each -> new ArrayList<>()).add(json);
        }

        List<ExpectedRanking> rankings() {
            List<ExpectedRanking> result = new ArrayList<>();
            windows.forEach(
                    (start, events) -> {
                        for (Dimension dimension : Dimension.values()) {
                            ranking(dimension, start, events, result);
                        }
                    });
            return result;
        }

        private void ranking(
                Dimension dimension,
                long start,
                List<JsonNode> events,
                List<ExpectedRanking> result) {
            // The UTF-8 bytes of a name order as its code points do.
            TreeMap<byte[], RankingEntry> items = new TreeMap<>(Arrays::compareUnsigned);
            long changes = 0;
            for (JsonNode event : events) {
                boolean bot = event.path("bot").asBoolean();
                if (dimension == Dimension.HUMANS && bot) {
                    continue;
                }
                changes++;
                String wiki = event.path("wiki").asText();
                String name =
                        switch (dimension) {
                            case USERS, HUMANS -> text(event.path("user"));
                            case PAGES -> event.path("title").asText();
                            case WIKIS -> wiki;
                        };
                if (name == null) {
                    continue;
                }
                boolean isPage = dimension == Dimension.PAGES;
                String item = isPage ? name + "\0" + wiki : name;
                items.merge(
                        item.getBytes(StandardCharsets.UTF_8),
                        new RankingEntry(
                                1,
                                name,
                                1,
                                dimension == Dimension.USERS && bot ? 1 : 0,
                                isPage ? wiki : null),
                        (left, right) ->
                                new RankingEntry(
                                        1,
                                        name,
                                        left.count() + 1,
                                        left.botCount() + right.botCount(),
                                        left.wiki()));
            }
            if (changes == 0) {
                return;
            }
            List<RankingEntry> sorted = new ArrayList<>(items.values());
            sorted.sort((left, right) -> Long.compare(right.count(), left.count()));
            List<RankingEntry> top = new ArrayList<>();
            for (int i = 0; i < Math.min(rules.top(), sorted.size()); i++) {
                RankingEntry entry = sorted.get(i);
                top.add(entry.at(i + 1, before(dimension, start, entry, result)));
            }
            result.add(
                    new ExpectedRanking(
                            dimension,
                            Instant.ofEpochMilli(start),
                            Instant.ofEpochMilli(start).plus(rules.window()),
                            changes,
                            items.size(),
                            top));
        }

        private static RankingEntry.Place before(
                Dimension dimension,
                long start,
                RankingEntry entry,
                List<ExpectedRanking> earlier) {
            return earlier.stream()
                    .filter(ranking -> ranking.dimension() == dimension)
                    .filter(ranking -> ranking.windowEnd().toEpochMilli() == start)
                    .flatMap(ranking -> ranking.top().stream())
                    .filter(place -> place.name().equals(entry.name()))
                    .filter(place -> Objects.equals(place.wiki(), entry.wiki()))
                    .map(place -> new RankingEntry.Place(place.rank(), place.count()))
                    .findFirst()
                    .orElse(null);
        }

        private static JsonNode read(byte[] json) {
            try {
                String text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(json))
                                .toString();
                return MAPPER.readTree(text);
            } catch (CharacterCodingException | JacksonException e) {
                return null;
            }
        }

        private static String row(LandedEvent landed, JsonNode json) {
            Instant changed = Instant.ofEpochSecond(json.get("timestamp").asLong());
            Map<String, Object> row = new TreeMap<>();
            row.put("event_key", new String(landed.event().key(), StandardCharsets.UTF_8));
            row.put("event_topic", "wiki-changes");
            row.put("event_partition", landed.partition());
            row.put("event_offset", landed.offset());
            row.put("event_timestamp", Instant.ofEpochMilli(landed.recordTime()));
            row.put("change_timestamp", changed);
            row.put("change_timestamp_date", changed.toString().substring(0, 10));
            row.put("schema", text(json.path("$schema")));
            row.put("id", text(json.path("id")));
            row.put(
                    "log_params",
                    json.has("log_params") ? json.get("log_params").toString() : null);
            for (String name :
                    List.of(
                            "comment",
                            "parsedcomment",
                            "server_script_path",
                            "server_url",
                            "server_name",
                            "title",
                            "title_url",
                            "notify_url",
                            "type",
                            "user",
                            "wiki",
                            "log_type",
                            "log_action",
                            "log_action_comment")) {
                row.put(name, text(json.path(name)));
            }
            for (String name : List.of("bot", "minor", "patrolled")) {
                row.put(name, json.has(name) ? json.get(name).booleanValue() : null);
            }
            for (String name : List.of("namespace", "log_id")) {
                row.put(name, json.has(name) ? json.get(name).longValue() : null);
            }
            for (String name : List.of("length", "revision")) {
                for (String side : List.of("old", "new")) {
                    JsonNode value = json.path(name).path(side);
                    row.put(name + "_" + side, value.isNumber() ? value.longValue() : null);
                }
            }
            for (String name : List.of("uri", "request_id", "id", "domain", "stream", "topic")) {
                row.put("meta_" + name, text(json.path("meta").path(name)));
            }
            row.put("meta_dt", Instant.parse(json.path("meta").path("dt").asText()));
            for (String name : List.of("partition", "offset")) {
                row.put("meta_" + name, json.path("meta").get(name).longValue());
            }
            row.put("other_fields", null);
            return LakeRow.text(row);
        }

        private static String text(JsonNode node) {
            return node.isMissingNode() ? null : node.asText();
        }
    }
}
