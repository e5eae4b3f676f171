package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.lake.LakeProgress;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.ArrayResultIterator;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.SingletonResultIterator;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How Flink's file source reads the lake: each file whole, its rows in their order. A checkpoint
 * remembers how many rows of a file have been read; they are skipped when reading goes on.
 */
final class LakeFileFormat implements BulkFormat<LakeChange, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private static final int ROWS_IN_A_BATCH = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LakeFileFormat.class);

    private final TypeInformation<LakeChange> type;
    private final boolean following;
    private final boolean skipDamaged;

    /**
     * @param following whether a file may be gone when it is to be read; else that is an error
     * @param skipDamaged whether what cannot be read of a file is left out; else it is an error
     */
    LakeFileFormat(TypeInformation<LakeChange> type, boolean following, boolean skipDamaged) {
        this.type = type;
        this.following = following;
        this.skipDamaged = skipDamaged;
    }

    @Override
    public BulkFormat.Reader<LakeChange> createReader(
            Configuration configuration, FileSourceSplit split) throws IOException {
        return createReader(split, 0);
    }

    @Override
    public BulkFormat.Reader<LakeChange> restoreReader(
            Configuration configuration, FileSourceSplit split) throws IOException {
        return createReader(
                split,
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L));
    }

    private BulkFormat.Reader<LakeChange> createReader(FileSourceSplit split, long passed)
            throws IOException {
        try {
            Reader reader =
                    new Reader(
                            new LakeChangeReader(
                                    split.path(),
                                    split.fileSize(),
                                    split.fileModificationTime(),
                                    EpochOrder.epoch(split)));
            reader.pass(passed);
            return reader;
        } catch (FileNotFoundException e) {
            if (following) {
                return new Substitute(withdrawal(split));
            }
            throw e;
        } catch (IOException e) {
            skip(e);
            return new Substitute(null);
        }
    }

    /**
     * In place of a file that is gone. If the archive has gone back, its rows come again with a
     * later epoch, and what else came with them must be forgotten. Else somebody has deleted it.
     */
    private static @Nullable LakeChange withdrawal(FileSourceSplit split) throws IOException {
        Path lake = split.path().getParent().getParent().getParent();
        if (LakeProgress.read(lake).place(split.path().getName()).isPresent()) {
            LOG.warn("Somebody has deleted {}; its rows are not ranked", split.path());
            return null;
        }
        LOG.warn("The archive has gone back to before {}", split.path());
        return LakeChange.withdrawal(EpochOrder.epoch(split));
    }

    private void skip(IOException damage) throws IOException {
        if (!skipDamaged) {
            throw new IOException(
                    damage.getMessage()
                            + "; repair or remove it, or rank the rest with --skip-damaged-files",
                    damage);
        }
        LOG.warn("What cannot be read is not ranked", damage);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<LakeChange> getProducedType() {
        return type;
    }

    /** Stands for a file that cannot be read. */
    private static final class Substitute implements BulkFormat.Reader<LakeChange> {
        private @Nullable LakeChange row;

        /**
         * @param row what is read instead of it; null for nothing
         */
        private Substitute(@Nullable LakeChange row) {
            this.row = row;
        }

        @Override
        public @Nullable RecordIterator<LakeChange> readBatch() {
            if (row == null) {
                return null;
            }
            SingletonResultIterator<LakeChange> result = new SingletonResultIterator<>();
            result.set(row, CheckpointedPosition.NO_OFFSET, 1);
            row = null;
            return result;
        }

        @Override
        public void close() {}
    }

    /** Reads a file in batches. */
    private final class Reader implements BulkFormat.Reader<LakeChange> {
        private final LakeChangeReader file;
        private long rows;

        /** What comes after damage is left out, as where it begins is not known. */
        private boolean damaged;

        private Reader(LakeChangeReader file) {
            this.file = file;
        }

        private void pass(long count) throws IOException {
            while (rows < count && file.next() != null) {
                rows++;
            }
        }

        @Override
        public @Nullable RecordIterator<LakeChange> readBatch() throws IOException {
            LakeChange[] batch = new LakeChange[ROWS_IN_A_BATCH];
            int size = 0;
            try {
                while (!damaged && size < batch.length) {
                    LakeChange row = file.next();
                    if (row == null) {
                        break;
                    }
                    batch[size++] = row;
                }
            } catch (IOException e) {
                skip(e);
                damaged = true;
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
