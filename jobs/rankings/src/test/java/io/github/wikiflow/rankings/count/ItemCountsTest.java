package io.github.wikiflow.rankings.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.testing.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class ItemCountsTest {

    /** What a map and a sort say. */
    private static final class Model {
        private final Map<String, Long> counts = new HashMap<>();
        private final Map<String, Long> bots = new HashMap<>();
        private long changes;

        private void add(String name, String wiki, long count, long botCount) {
            String item = wiki == null ? name : name + '\n' + wiki;
            counts.merge(item, count, Long::sum);
            bots.merge(item, botCount, Long::sum);
            changes += count;
        }

        private List<RankingEntry> top(int places) {
            List<RankingEntry> entries = new ArrayList<>();
            counts.forEach(
                    (item, count) -> {
                        String[] parts = item.split("\n", -1);
                        entries.add(
                                new RankingEntry(
                                        1,
                                        parts[0],
                                        count,
                                        bots.get(item),
                                        parts.length == 1 ? null : parts[1]));
                    });
            entries.sort(RankingEntry.ORDER);
            List<RankingEntry> top = new ArrayList<>();
            for (RankingEntry entry : entries.subList(0, Math.min(places, entries.size()))) {
                top.add(entry.at(top.size() + 1, null));
            }
            return top;
        }
    }

    /** Few characters, so that items often tie, share prefixes and repeat; some beyond the BMP. */
    private static final String[] CHARACTERS = {"a", "b", "\u0000", "é", "\uFFFD", "😀", "한", " "};

    @Test
    void countsAndOrdersAsAMapAndASortDo() throws Exception {
        long seed = Seed.draw();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Model model = new Model();
            ItemCounts left = new ItemCounts();
            ItemCounts right = new ItemCounts();
            ItemBytes item = new ItemBytes();
            int additions = random.nextInt(round < 5 ? 20_000 : 200);
            for (int i = 0; i < additions; i++) {
                ItemCounts counts = random.nextBoolean() ? left : right;
                if (random.nextInt(20) == 0) {
                    counts.addNameless(2);
                    model.changes += 2;
                    continue;
                }
                String name = text(random);
                String wiki = random.nextInt(3) == 0 ? text(random) : null;
                long count = 1 + random.nextInt(2);
                long botCount = random.nextInt((int) count + 1);
                item.encode(Utf8.of(name), Utf8.ofNullable(wiki));
                counts.add(item.bytes(), 0, item.length(), item.hash(), count, botCount);
                model.add(name, wiki, count, botCount);
            }
            left.addAll(roundTrip(right));
            ItemCounts copy = left.copy();
            Samples.count(left, "not in the copy", 1_000, 1_000);

            int places = 1 + random.nextInt(30);
            assertThat(copy.changes()).as("seed %d", seed).isEqualTo(model.changes);
            assertThat(copy.size()).as("seed %d", seed).isEqualTo(model.counts.size());
            assertThat(FirstPlaces.of(copy, places))
                    .as("seed %d", seed)
                    .isEqualTo(model.top(places));
        }
    }

    @Test
    void aLoneSurrogateBecomesAQuestionMark() {
        ItemBytes item = new ItemBytes();
        item.encode(Utf8.of("a\uD800b"), null);
        assertThat(ItemBytes.decode(item.bytes(), 0, item.length(), 1, 1, 0).name())
                .isEqualTo("a?b");
    }

    @Test
    void cutsLongNamesBetweenTwoCharactersAndStillTellsThemApart() {
        String beginning = "x".repeat(1_022);
        List<RankingEntry> places =
                places(
                        new String[] {beginning + "é", null},
                        new String[] {beginning + "é!", null},
                        new String[] {beginning + "é?", null},
                        new String[] {beginning + "é?", null},
                        new String[] {beginning + "한", null},
                        new String[] {"short", beginning + "😀"},
                        new String[] {"y".repeat(1_000_000), "z".repeat(1_000_000)});

        assertThat(places)
                .containsExactly(
                        new RankingEntry(1, beginning + "é", 2, 0, null, true, null),
                        new RankingEntry(2, "short", 1, 0, beginning, true, null),
                        new RankingEntry(3, beginning, 1, 0, null, true, null),
                        new RankingEntry(4, beginning + "é", 1, 0, null, false, null),
                        new RankingEntry(5, beginning + "é", 1, 0, null, true, null),
                        new RankingEntry(
                                6, "y".repeat(1_024), 1, 0, "z".repeat(1_024), true, null));
        List<RankingEntry> sorted = new ArrayList<>(places);
        Collections.shuffle(sorted, new Random(Seed.draw()));
        sorted.sort(RankingEntry.ORDER);
        assertThat(sorted).isEqualTo(places);
    }

    private static List<RankingEntry> places(String[]... namesAndWikis) {
        ItemCounts counts = new ItemCounts();
        ItemBytes item = new ItemBytes();
        for (String[] each : namesAndWikis) {
            item.encode(Utf8.of(each[0]), Utf8.ofNullable(each[1]));
            counts.add(item.bytes(), 0, item.length(), item.hash(), 1, 0);
        }
        return FirstPlaces.of(counts, 10);
    }

    /** Savepoints hold items by bucket: another hash would put them into two. */
    @Test
    void hashesAndBucketsNeverChange() {
        ItemBytes item = new ItemBytes();
        item.encode(Utf8.of("Example"), null);
        assertThat(item.hash()).isEqualTo(0x1709AE68);
        item.encode(Utf8.of("Ähre 😀"), Utf8.of("dewiki"));
        assertThat(item.hash()).isEqualTo(0x8B9E5FEA);
        assertThat(Buckets.NUMBER).isEqualTo(16);
        assertThat(Buckets.of(0x80000000)).isEqualTo(8);
        assertThat(Buckets.of(-1)).isEqualTo(15);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(5); length > 0; length--) {
            text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static ItemCounts roundTrip(ItemCounts counts) throws Exception {
        ItemCountsSerializer serializer = new ItemCountsSerializer();
        DataOutputSerializer target = new DataOutputSerializer(64);
        serializer.serialize(counts, target);
        DataInputDeserializer source = new DataInputDeserializer(target.getCopyOfBuffer());
        ItemCounts read = serializer.deserialize(source);
        assertThat(source.available()).isZero();
        return read;
    }
}
