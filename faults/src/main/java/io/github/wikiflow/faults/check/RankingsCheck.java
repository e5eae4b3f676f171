package io.github.wikiflow.faults.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.kafka.LateChangeHeaders;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.http.WholeAnswer;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether every window has its ranking, exactly as counted by hand, in the topic and on the
 * dashboard, final if the window is over, and whether exactly the late changes are in the topic of
 * late ones.
 */
public final class RankingsCheck {

    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(1);

    private final CarriedChanges carried;
    private final Differences differences;

    /**
     * @param carried what the rankings were given
     */
    public RankingsCheck(CarriedChanges carried, Differences differences) {
        this.carried = carried;
        this.differences = differences;
    }

    /**
     * Compares the valid record of each ranking; returns how many there are. The stream has no end,
     * so the windows at the end of an attack are open.
     */
    public long topic(Properties client) {
        Map<String, Ranking> valid = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                Strangers.without(
                        new CommittedRecords(client).read(Topic.RANKINGS.defaultName()))) {
            try {
                Ranking ranking = RankingJson.read(record.value());
                valid.merge(
                        ranking.key(),
                        ranking,
                        (earlier, later) -> later.replaces(earlier) ? later : earlier);
            } catch (IOException e) {
                differences.add("rankings: %d is no ranking: %s", record.offset(), e);
            }
        }
        long count = valid.size();
        ExpectedRankings rankings = carried.rankings();
        for (ExpectedRanking expected : rankings.rankings()) {
            Ranking found = valid.remove(expected.key());
            if (found == null) {
                differences.add("rankings: none for %s", expected.key());
            } else if (!found.isFinal() && rankings.isOver(expected.windowStart())) {
                differences.add("rankings: no final one for %s", expected.key());
            } else if (found.isFinal() && !rankings.mayBeOver(expected.windowStart())) {
                differences.add("rankings: %s is final, but open", expected.key());
            } else if (!says(found, expected)) {
                differences.add("rankings: %s and not %s", ExpectedRanking.of(found), expected);
            }
        }
        for (String key : valid.keySet()) {
            differences.add("rankings: one for %s, which has no changes", key);
        }
        return count;
    }

    /** More may have come to the window before since the last record of an open one. */
    private static boolean says(Ranking found, ExpectedRanking expected) {
        ExpectedRanking answer = ExpectedRanking.of(found);
        return found.isFinal()
                ? answer.equals(expected)
                : answer.withoutPlacesBefore().equals(expected.withoutPlacesBefore());
    }

    /**
     * Compares the late changes.
     *
     * @return how many records are repeats, which at-least-once delivery allows
     */
    public long late(Properties client) {
        Map<List<Long>, byte[]> awaited = new HashMap<>();
        for (LandedEvent late : carried.rankings().late()) {
            awaited.put(List.of((long) late.partition(), late.offset()), late.event().json());
        }
        Set<List<Long>> seen = new HashSet<>();
        long repeats = 0;
        for (ConsumerRecord<byte[], byte[]> record :
                Strangers.without(new CommittedRecords(client).read(Topic.LATE.defaultName()))) {
            List<Long> position =
                    List.of(
                            Headers.number(record, LateChangeHeaders.SOURCE_PARTITION),
                            Headers.number(record, LateChangeHeaders.SOURCE_OFFSET));
            if (!Arrays.equals(awaited.get(position), record.value())) {
                differences.add("late: %s, which is not late", position);
            } else if (!seen.add(position)) {
                repeats++;
            }
        }
        awaited.keySet().removeAll(seen);
        awaited.keySet().forEach(missing -> differences.add("late: %s is missing", missing));
        return repeats;
    }

    /** Compares what the dashboard says of every window. */
    public void dashboard(URI address) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        ObjectMapper json = new ObjectMapper();
        for (ExpectedRanking expected : carried.rankings().rankings()) {
            URI page =
                    address.resolve(
                            "/api/rankings/%s/%s"
                                    .formatted(
                                            expected.dimension().label(), expected.windowStart()));
            HttpResponse<String> answer =
                    WholeAnswer.await(
                            client,
                            HttpRequest.newBuilder(page).build(),
                            BodyHandlers.ofString(),
                            ANSWER_WITHIN);
            JsonNode view = json.readTree(answer.body());
            if (answer.statusCode() != 200
                    || view.path("changes").asLong() != expected.changes()
                    || view.path("distinct").asLong() != expected.distinct()
                    || !shows(view.path("top"), expected.top())) {
                differences.add(
                        "dashboard: %s answers %d with %s and not %s",
                        page, answer.statusCode(), answer.body(), expected);
            }
        }
    }

    private static boolean shows(JsonNode view, List<RankingEntry> top) {
        if (view.size() != top.size()) {
            return false;
        }
        for (int i = 0; i < top.size(); i++) {
            if (!view.get(i).path("name").asText().equals(top.get(i).name())
                    || view.get(i).path("count").asLong() != top.get(i).count()) {
                return false;
            }
        }
        return true;
    }
}
