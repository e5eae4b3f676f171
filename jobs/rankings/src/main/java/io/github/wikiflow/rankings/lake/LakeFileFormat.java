package io.github.wikiflow.rankings.lake;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.jspecify.annotations.Nullable;

/**
 * How Flink's file source reads the lake: each file whole, its rows in their order. A checkpoint
 * remembers how many rows of a file have been read; they are skipped when reading goes on.
 */
final class LakeFileFormat implements BulkFormat<LakeChange, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private static final int ROWS_IN_A_BATCH = 1_000;

    private final TypeInformation<LakeChange> type;

    LakeFileFormat(TypeInformation<LakeChange> type) {
        this.type = type;
    }

    @Override
    public Reader createReader(Configuration configuration, FileSourceSplit split)
            throws IOException {
        return new Reader(
                new LakeChangeReader(split.path(), split.fileSize(), split.fileModificationTime()));
    }

    @Override
    public Reader restoreReader(Configuration configuration, FileSourceSplit split)
            throws IOException {
        Reader reader = createReader(configuration, split);
        reader.skip(
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L));
        return reader;
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<LakeChange> getProducedType() {
        return type;
    }

    /** Reads a file in batches. */
    static final class Reader implements BulkFormat.Reader<LakeChange> {
        private final LakeChangeReader file;
        private long rows;

        private Reader(LakeChangeReader file) {
            this.file = file;
        }

        private void skip(long count) throws IOException {
            while (rows < count && file.next() != null) {
                rows++;
            }
        }

        @Override
        public @Nullable RecordIterator<LakeChange> readBatch() throws IOException {
            LakeChange[] batch = new LakeChange[ROWS_IN_A_BATCH];
            int size = 0;
            while (size < batch.length) {
                LakeChange row = file.next();
                if (row == null) {
                    break;
                }
                batch[size++] = row;
            }
            if (size == 0) {
                return null;
            }
            ArrayResultIterator<LakeChange> result = new ArrayResultIterator<>();
            result.set(batch, size, CheckpointedPosition.NO_OFFSET, rows);
            rows += size;
            return result;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
