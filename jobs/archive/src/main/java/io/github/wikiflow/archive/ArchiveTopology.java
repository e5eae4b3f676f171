package io.github.wikiflow.archive;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.jobs.RawChange;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph of the archive between its source and its sinks:
 *
 * <pre>
 * changes -> parse-changes -> keyBy day, server, lane -> rows
 *                          \-> dead letters
 * </pre>
 *
 * @param rows for the lake, those of a file at one subtask
 * @param deadLetters what cannot be archived
 */
public record ArchiveTopology(DataStream<EncodedRow> rows, DataStream<DeadLetter> deadLetters) {

    static final String PARSE_CHANGES = "parse-changes";

    /**
     * @param topic where the changes come from
     * @param futureTolerance how far a change's timestamp may lie after its record's time
     * @param fileRows how many rows a file has at most
     * @param fileInterval in which a partition's rows shall share a file
     */
    public static ArchiveTopology build(
            DataStream<RawChange> changes,
            String topic,
            Duration futureTolerance,
            int fileRows,
            Duration fileInterval) {
        SingleOutputStreamOperator<EncodedRow> rows =
                changes.process(new ParseChanges(topic, futureTolerance, fileRows, fileInterval))
                        .name(PARSE_CHANGES)
                        .uid(PARSE_CHANGES);
        return new ArchiveTopology(
                rows.keyBy(EncodedRow::key), rows.getSideOutput(ParseChanges.DEAD_LETTERS));
    }
}
