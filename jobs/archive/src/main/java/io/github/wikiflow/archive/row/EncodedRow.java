package io.github.wikiflow.archive.row;

import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.lake.RowWriter;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way to the lake.
 *
 * @param key by which the row finds its subtask; the same for rows that shall share a file
 * @param epochDay of the row's {@link LakePartition}
 * @param serverName of the row's {@link LakePartition}; may be null
 * @param bytes the row in the form of {@link RowWriter}
 */
public record EncodedRow(int key, int epochDay, @Nullable String serverName, byte[] bytes) {

    /** Where in the lake the row belongs. */
    public LakePartition partition() {
        return new LakePartition(epochDay, serverName);
    }
}
