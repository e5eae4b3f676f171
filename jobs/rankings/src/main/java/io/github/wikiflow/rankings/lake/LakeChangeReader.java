package io.github.wikiflow.rankings.lake;

import static io.github.wikiflow.lake.LakeColumn.BOT;
import static io.github.wikiflow.lake.LakeColumn.CHANGE_TIMESTAMP;
import static io.github.wikiflow.lake.LakeColumn.EVENT_OFFSET;
import static io.github.wikiflow.lake.LakeColumn.EVENT_PARTITION;
import static io.github.wikiflow.lake.LakeColumn.EVENT_TIMESTAMP;
import static io.github.wikiflow.lake.LakeColumn.EVENT_TOPIC;
import static io.github.wikiflow.lake.LakeColumn.TITLE;
import static io.github.wikiflow.lake.LakeColumn.TYPE;
import static io.github.wikiflow.lake.LakeColumn.USER;
import static io.github.wikiflow.lake.LakeColumn.WIKI;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.LakeFileReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.fs.Path;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads of a lake's file what a ranking needs.
 *
 * <p>Not thread-safe.
 */
final class LakeChangeReader implements Closeable {

    private static final List<LakeColumn> COLUMNS =
            List.of(
                    EVENT_TOPIC,
                    EVENT_PARTITION,
                    EVENT_OFFSET,
                    EVENT_TIMESTAMP,
                    CHANGE_TIMESTAMP,
                    TYPE,
                    WIKI,
                    TITLE,
                    USER,
                    BOT);

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private final LakeFileReader file;
    private final long fileTime;
    private final long epoch;

    /** Those of the row before, since most rows of a file have the same. */
    private @Nullable Utf8 topic;

    private @Nullable TopicPartition partition;

    /**
     * Opens the file.
     *
     * @param length of the file, in bytes
     * @param fileTime when it was last modified, in epoch milliseconds
     * @param epoch its place
     * @throws IOException if it cannot be read or is no file of a lake
     */
    LakeChangeReader(Path path, long length, long fileTime, long epoch) throws IOException {
        file = new LakeFileReader(path, length, COLUMNS);
        this.fileTime = fileTime;
        this.epoch = epoch;
    }

    /** The next row, or null after the last. */
    @Nullable LakeChange next() throws IOException {
        if (!file.next()) {
            return null;
        }
        return new LakeChange(
                partition(
                        Objects.requireNonNull(file.text(EVENT_TOPIC), "event_topic"),
                        file.integer(EVENT_PARTITION)),
                file.number(EVENT_OFFSET),
                file.number(EVENT_TIMESTAMP) / MICROS_PER_MILLI,
                fileTime,
                epoch,
                new ChangeSummary(
                        file.number(CHANGE_TIMESTAMP) / MICROS_PER_SECOND,
                        file.text(TYPE),
                        file.text(WIKI),
                        file.text(TITLE),
                        file.text(USER),
                        file.flag(BOT)));
    }

    private TopicPartition partition(Utf8 rowTopic, int number) {
        if (partition == null || partition.partition() != number || !rowTopic.equals(topic)) {
            topic = rowTopic;
            partition = new TopicPartition(rowTopic.toString(), number);
        }
        return partition;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
