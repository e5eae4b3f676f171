package io.github.wikiflow.archive.lake;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.Folders;
import io.github.wikiflow.lake.LakeFileWriter;
import io.github.wikiflow.lake.LakePartition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buffers the rows of each partition and stages them as files: a partition's when it has enough
 * rows for one, the largest ones' when memory runs short, and all of them at each checkpoint.
 */
final class LakeWriter
        implements CommittingSinkWriter<EncodedRow, StagedEpoch>,
                StatefulSinkWriter<EncodedRow, String> {

    /** The subtask whose state says which run it is. */
    static final int FIRST = 0;

    private static final Logger LOG = LoggerFactory.getLogger(LakeWriter.class);

    /** Bounds the memory that encoding one file takes. */
    private static final int LARGEST_FILE_ROW_BYTES = 64 << 20;

    /** What all writers of this JVM may take of its heap for rows. */
    private static final long HEAP_BYTES = Runtime.getRuntime().maxMemory() / 4;

    private static final int LATENCY_SAMPLES = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    /** The writers of this job in this JVM, which share its heap. */
    private static final AtomicInteger WRITERS = new AtomicInteger();

    private final FileSystem fileSystem;
    private final Path lake;
    private final String run;
    private final FileSettings settings;
    private final int subtask;
    private final LakeFileWriter encoder;
    private final Map<LakePartition, BufferedRows> buffers = new LinkedHashMap<>();
    private final Histogram eventLatency;

    private long heldBytes;
    private long lastCheckpointId;

    /** Null as long as nothing is staged for the next checkpoint. */
    private @Nullable Staging staging;

    LakeWriter(Path lake, String run, FileSettings settings, WriterInitContext context)
            throws IOException {
        this.lake = lake;
        this.run = run;
        this.settings = settings;
        fileSystem = lake.getFileSystem();
        subtask = context.getTaskInfo().getIndexOfThisSubtask();
        lastCheckpointId = context.getRestoredCheckpointId().orElse(0);
        deleteLeftovers(context.getTaskInfo().getNumberOfParallelSubtasks());
        MetricGroup metrics = context.metricGroup();
        eventLatency =
                metrics.histogram(
                        "event-latency-ms", new DescriptiveStatisticsHistogram(LATENCY_SAMPLES));
        metrics.gauge("open-partitions", buffers::size);
        metrics.gauge("held-bytes", () -> heldBytes);
        encoder = new LakeFileWriter(settings.compression(), settings.compressionLevel());
        WRITERS.incrementAndGet();
    }

    /**
     * Deletes what earlier attempts of this run staged after the checkpoint from which it goes on:
     * those files belong to no checkpoint that will ever complete. A subtask takes the folders of
     * its own number, and of numbers beyond the parallelism its share, so that subtasks never
     * disturb each other.
     */
    private void deleteLeftovers(int parallelism) throws IOException {
        Path ofRun = new Path(lake, Epoch.STAGING + "/" + run);
        for (FileStatus folder : Folders.list(fileSystem, ofRun)) {
            String number = folder.getPath().getName();
            for (FileStatus found : Folders.list(fileSystem, folder.getPath())) {
                Epoch epoch = Epoch.staged(run, number, found.getPath().getName());
                if (epoch != null
                        && epoch.subtask() % parallelism == subtask
                        && epoch.checkpoint() >= lastCheckpointId) {
                    fileSystem.delete(found.getPath(), true);
                }
            }
        }
    }

    @Override
    public void write(EncodedRow row, Context context) throws IOException, InterruptedException {
        LakePartition partition = row.partition();
        BufferedRows rows = buffers.get(partition);
        if (rows == null) {
            rows = new BufferedRows(partition);
            heldBytes += rows.heldBytes();
            buffers.put(partition, rows);
        }
        heldBytes += rows.add(row.bytes());
        if (rows.rows() >= settings.rows() || rows.rowBytes() >= LARGEST_FILE_ROW_BYTES) {
            stage(rows);
        } else if (heldBytes > largestHeldBytes()) {
            stageTheLargest();
        }
    }

    private static long largestHeldBytes() {
        return HEAP_BYTES / WRITERS.get();
    }

    /** Halves what is held, with as few files as that takes. */
    private void stageTheLargest() throws IOException, InterruptedException {
        List<BufferedRows> largestFirst = new ArrayList<>(buffers.values());
        largestFirst.sort(Comparator.comparingLong(BufferedRows::heldBytes).reversed());
        for (BufferedRows rows : largestFirst) {
            if (heldBytes <= largestHeldBytes() / 2) {
                return;
            }
            stage(rows);
        }
    }

    private void stage(BufferedRows rows) throws IOException, InterruptedException {
        buffers.remove(rows.partition());
        heldBytes -= rows.heldBytes();
        long now = System.currentTimeMillis();
        encoder.open();
        rows.forEach(
                (array, offset) -> {
                    long changed = encoder.add(array, offset);
                    eventLatency.update(now - changed / MICROS_PER_MILLI);
                });
        if (staging == null) {
            Epoch epoch = new Epoch(run, lastCheckpointId, subtask, RandomIds.next());
            staging = new Staging(fileSystem, lake, epoch);
        }
        staging.add(rows.partition().folder(), rows.rows(), encoder.finish());
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        for (BufferedRows rows : List.copyOf(buffers.values())) {
            stage(rows);
        }
    }

    @Override
    public Collection<StagedEpoch> prepareCommit() throws IOException, InterruptedException {
        if (staging == null) {
            return List.of();
        }
        StagedEpoch staged = staging.finish();
        staging = null;
        return List.of(staged);
    }

    @Override
    public List<String> snapshotState(long checkpointId) {
        lastCheckpointId = checkpointId;
        return subtask == FIRST ? List.of(run) : List.of();
    }

    /**
     * Tidies up if it can: the next attempt deletes what is left, and an error on the way out of a
     * task would take the TaskManager down.
     */
    @Override
    public void close() {
        WRITERS.decrementAndGet();
        encoder.close();
        if (staging != null) {
            try {
                staging.discard();
            } catch (IOException e) {
                LOG.warn("Cannot delete files that no checkpoint needs", e);
            }
        }
    }
}
