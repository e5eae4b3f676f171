package io.github.wikiflow.archive.file;

import io.github.wikiflow.archive.row.LakeRow;
import io.github.wikiflow.lake.LakeFileWriter;
import io.github.wikiflow.lake.LakePartition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.ManagedMemoryUseCase;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.memory.MemoryManager;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.runtime.state.OperatorStateCheckpointOutputStream;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StatePartitionStreamProvider;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds rows until enough of a partition have come to make a good file, and then emits the whole
 * file. A partition's file is due when
 *
 * <ul>
 *   <li>it has {@link FileSettings#rows()} rows, or {@value #LARGEST_FILE_ROW_BYTES} bytes of them;
 *   <li>its first row has waited for {@link FileSettings#interval()};
 *   <li>memory is needed: then the partition that takes most of it goes first;
 *   <li>the input ends.
 * </ul>
 *
 * <p>What is held is compressed, in the managed memory that Flink grants the operator, and part of
 * each checkpoint. Rows of one partition may be held by several subtasks; each then makes a file of
 * its own.
 */
public final class GroupIntoFiles extends AbstractStreamOperator<LakeFile>
        implements OneInputStreamOperator<LakeRow, LakeFile>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** Bounds the memory that encoding one file takes. */
    private static final int LARGEST_FILE_ROW_BYTES = 64 << 20;

    private static final int FEWEST_PAGES = 32;
    private static final long MILLIS_BETWEEN_CHECKS = 1_000;
    private static final int LATENCY_SAMPLES = 1_000;
    private static final long MICROS_PER_MILLI = 1_000;

    private final FileSettings settings;

    private transient PagePool pool;
    private transient BlockCodec codec;
    private transient LakeFileWriter encoder;
    private transient Map<LakePartition, HeldRows> held;
    private transient List<LakeFile> restoredFiles;
    private transient Histogram eventLatency;

    public GroupIntoFiles(FileSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        pool = managedMemory();
        codec = new BlockCodec();
        encoder = new LakeFileWriter(settings.compression(), settings.compressionLevel());
        held = new LinkedHashMap<>();
        restoredFiles = new ArrayList<>();
        MetricGroup metrics = getMetricGroup();
        eventLatency =
                metrics.histogram(
                        "event-latency-ms", new DescriptiveStatisticsHistogram(LATENCY_SAMPLES));
        metrics.gauge("open-partitions", () -> held.size());
        metrics.gauge("held-bytes", () -> pool.usedBytes());
        for (StatePartitionStreamProvider partition : context.getRawOperatorStateInputs()) {
            HeldRowsState.read(partition.getStream(), new Restore());
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        for (LakeFile file : restoredFiles) {
            output.collect(new StreamRecord<>(file));
        }
        restoredFiles = null;
        checkLater();
    }

    @Override
    public void processElement(StreamRecord<LakeRow> element) throws Exception {
        LakeRow row = element.getValue();
        add(row.partition(), row.bytes(), 0, row.bytes().length);
    }

    private void add(LakePartition partition, byte[] array, int offset, int length)
            throws IOException {
        HeldRows rows = hold(partition, now());
        if (rows.isFullFor(length)) {
            BlockHeader header = rows.compressOpenBlock(codec);
            if (makeRoom(rows, header)) {
                rows.seal(header, codec.compressed());
            } else {
                rows = hold(partition, now());
            }
        }
        rows.add(array, offset, length);
        if (rows.rows() >= settings.rows() || rows.rowBytes() >= LARGEST_FILE_ROW_BYTES) {
            write(rows);
        }
    }

    private HeldRows hold(LakePartition partition, long since) {
        HeldRows rows = held.get(partition);
        if (rows == null) {
            rows = new HeldRows(partition, since, pool);
            held.put(partition, rows);
        }
        return rows;
    }

    /**
     * Writes the largest partitions until the block fits.
     *
     * @return false if the block's own partition, its open block included, was written
     */
    private boolean makeRoom(HeldRows rows, BlockHeader header) throws IOException {
        while (pool.available() < rows.pagesFor(header)) {
            HeldRows largest = rows;
            for (HeldRows candidate : held.values()) {
                if (candidate.pages() > largest.pages()) {
                    largest = candidate;
                }
            }
            write(largest);
            if (largest == rows) {
                return false;
            }
        }
        return true;
    }

    private void write(HeldRows rows) throws IOException {
        held.remove(rows.partition());
        if (rows.rows() == 0) {
            return;
        }
        long now = now();
        encoder.open();
        rows.forEach(
                codec,
                (array, offset) -> {
                    long changed = encoder.add(array, offset);
                    eventLatency.update(now - changed / MICROS_PER_MILLI);
                });
        emit(new LakeFile(rows.partition().folder(), rows.rows(), encoder.finish()));
        rows.release();
    }

    private void emit(LakeFile file) {
        if (restoredFiles == null) {
            output.collect(new StreamRecord<>(file));
        } else {
            restoredFiles.add(file);
        }
    }

    private void checkLater() {
        getProcessingTimeService()
                .registerTimer(now() + MILLIS_BETWEEN_CHECKS, time -> writeWhatIsDue());
    }

    private void writeWhatIsDue() throws IOException {
        long due = now() - settings.interval().toMillis();
        for (HeldRows rows : List.copyOf(held.values())) {
            if (rows.since() <= due) {
                write(rows);
            }
        }
        checkLater();
    }

    @Override
    public void endInput() throws IOException {
        for (HeldRows rows : List.copyOf(held.values())) {
            write(rows);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        OperatorStateCheckpointOutputStream out = context.getRawOperatorStateOutput();
        for (HeldRows rows : held.values()) {
            out.startNewPartition();
            HeldRowsState.write(rows, out);
        }
    }

    @Override
    public void close() throws Exception {
        if (encoder != null) {
            encoder.close();
        }
        if (pool != null) {
            pool.close();
        }
        super.close();
    }

    private long now() {
        return getProcessingTimeService().getCurrentProcessingTime();
    }

    private PagePool managedMemory() {
        Environment environment = getContainingTask().getEnvironment();
        MemoryManager memory = environment.getMemoryManager();
        double fraction =
                getOperatorConfig()
                        .getManagedMemoryFractionOperatorUseCaseOfSlot(
                                ManagedMemoryUseCase.OPERATOR,
                                environment.getJobConfiguration(),
                                environment.getTaskManagerInfo().getConfiguration(),
                                environment.getUserCodeClassLoader().asClassLoader());
        int pages = fraction > 0 ? memory.computeNumberOfPages(fraction) : 0;
        if (pages < FEWEST_PAGES) {
            throw new IllegalStateException(
                    "%d bytes of managed memory for %s are less than %d: raise taskmanager.memory.managed.size"
                            .formatted(
                                    (long) pages * memory.getPageSize(),
                                    getOperatorName(),
                                    (long) FEWEST_PAGES * memory.getPageSize()));
        }
        return new PagePool(memory, pages);
    }

    /** Holds again what a checkpoint held, with less memory if need be. */
    private final class Restore implements HeldRowsState.Restored {
        private LakePartition partition;
        private long since;

        @Override
        public void partition(LakePartition restoredPartition, long restoredSince) {
            partition = restoredPartition;
            since = restoredSince;
        }

        @Override
        public void block(BlockHeader header, byte[] compressed) throws IOException {
            HeldRows rows = hold(partition, since);
            if (!makeRoom(rows, header)) {
                rows = hold(partition, since);
            }
            rows.restore(header, compressed);
        }

        @Override
        public void row(byte[] array, int offset, int length) throws IOException {
            hold(partition, since);
            add(partition, array, offset, length);
        }
    }
}
