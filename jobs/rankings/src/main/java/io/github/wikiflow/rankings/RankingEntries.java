package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.RankingEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** How places in order are written within the types that hold them: their order is their rank. */
final class RankingEntries {

    private RankingEntries() {}

    static void write(List<RankingEntry> entries, DataOutputView target) throws IOException {
        VarInts.write(entries.size(), target);
        for (RankingEntry entry : entries) {
            StringValue.writeString(entry.name(), target);
            StringValue.writeString(entry.wiki(), target);
            VarInts.write(entry.count() << 1 | (entry.bot() ? 1 : 0), target);
        }
    }

    static List<RankingEntry> read(DataInputView source) throws IOException {
        int size = VarInts.readInt(source);
        List<RankingEntry> entries = new ArrayList<>(size);
        for (int rank = 1; rank <= size; rank++) {
            String name = StringValue.readString(source);
            String wiki = StringValue.readString(source);
            long countAndFlag = VarInts.readLong(source);
            entries.add(
                    new RankingEntry(
                            rank, name, countAndFlag >>> 1, (countAndFlag & 1) != 0, wiki));
        }
        return entries;
    }
}
