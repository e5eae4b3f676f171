package io.github.wikiflow.archive;

import io.github.wikiflow.archive.file.FileSettings;
import io.github.wikiflow.archive.file.GroupIntoFiles;
import io.github.wikiflow.archive.file.LakeFile;
import io.github.wikiflow.archive.row.LakeRow;
import io.github.wikiflow.jobs.RawChange;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The graph of the archive between its source and its sinks:
 *
 * <pre>
 * changes -> parse-changes -> (shuffled by partition) -> group-into-files -> files
 *                          \-> dead letters
 * </pre>
 *
 * @param files whole Parquet files, to be committed to the lake
 * @param deadLetters what cannot be archived
 */
public record ArchiveTopology(DataStream<LakeFile> files, DataStream<DeadLetter> deadLetters) {

    static final String PARSE_CHANGES = "parse-changes";
    static final String GROUP_INTO_FILES = "group-into-files";

    /** The share of the slot's managed memory, relative to other operators that want some. */
    private static final int MEMORY_WEIGHT = 64;

    /**
     * @param topic where the changes come from
     * @param futureTolerance how far a change's timestamp may lie after its record's time
     */
    public static ArchiveTopology build(
            DataStream<RawChange> changes,
            String topic,
            Duration futureTolerance,
            FileSettings settings) {
        SingleOutputStreamOperator<LakeRow> rows =
                changes.process(new ParseChanges(topic, futureTolerance))
                        .name(PARSE_CHANGES)
                        .uid(PARSE_CHANGES);
        SingleOutputStreamOperator<LakeFile> files =
                rows.partitionCustom(new SpreadPartitions(settings), LakeRow::partition)
                        .transform(
                                GROUP_INTO_FILES,
                                TypeInformation.of(LakeFile.class),
                                new GroupIntoFiles(settings))
                        .uid(GROUP_INTO_FILES);
        files.getTransformation()
                .declareManagedMemoryUseCaseAtOperatorScope(
                        ManagedMemoryUseCase.OPERATOR, MEMORY_WEIGHT);
        return new ArchiveTopology(files, rows.getSideOutput(ParseChanges.DEAD_LETTERS));
    }
}
