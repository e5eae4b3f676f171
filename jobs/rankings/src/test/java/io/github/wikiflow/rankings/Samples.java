package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.count.ItemBytes;
import io.github.wikiflow.rankings.count.ItemCounts;
import io.github.wikiflow.rankings.time.EventTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

/** Values that tests of the operators share: windows of 10 s, 2 s out of order, 5 s late. */
public final class Samples {

    public static final EventTime TIME =
            new EventTime(Duration.ofSeconds(10), Duration.ofSeconds(2), Duration.ofSeconds(5));

    public static final RankingsSettings SETTINGS =
            new RankingsSettings(
                    Set.of(Dimension.values()),
                    Set.of(),
                    2,
                    Duration.ofSeconds(1),
                    TIME,
                    false,
                    Duration.ofSeconds(1));

    private Samples() {}

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** An edit by a human, at so many seconds, as a record of this partition. */
    public static Change edit(int partition, long second, String user) {
        return change(partition, second, "edit", user, false);
    }

    public static Change change(int partition, long second, String type, String user, boolean bot) {
        return Change.of(
                new RawChange(utf8("enwiki:Page"), utf8("{}"), partition, 7, second * 1000),
                ChangeSummary.of(second, type, "enwiki", "Page", user, bot));
    }

    /** Adds so many changes of an item to counts. */
    public static ItemCounts count(ItemCounts counts, String item, long changes, long botCount) {
        byte[] bytes = utf8(item);
        int hash = ItemBytes.hash(bytes, 0, bytes.length);
        counts.add(bytes, 0, bytes.length, hash, changes, botCount);
        return counts;
    }
}
