package io.github.wikiflow.benchmarks.micro;

import io.github.wikiflow.archive.row.RowEncoder;
import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.lake.LakeFileWriter;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The archive's way from an event's JSON to a Parquet file: first to a row, then a file of rows.
 * One operation is one event; a file has {@value #ROWS} of them.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class ParquetBenchmark {

    static final int ROWS = 5_000;

    /** How a file's pages are compressed. */
    @Param({"ZSTD", "NONE"})
    private Compression compression;

    private final ChangeReader reader = new ChangeReader();
    private final RowEncoder rowEncoder = new RowEncoder("wiki-changes");
    private final RawChange[] events = new RawChange[ROWS];
    private final byte[][] rows = new byte[ROWS][];
    private LakeFileWriter encoder;

    @Setup
    public void generate() throws MalformedChange {
        EventLog log = new EventLog(Workload.clean());
        for (int i = 0; i < ROWS; i++) {
            GeneratedEvent event = log.event(i);
            events[i] = new RawChange(event.key(), event.json(), 0, i, event.recordTime());
            rows[i] = row(events[i]);
        }
        encoder = new LakeFileWriter(compression, 3);
    }

    @TearDown
    public void close() {
        encoder.close();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long jsonToRows() throws MalformedChange {
        long bytes = 0;
        for (RawChange event : events) {
            bytes += row(event).length;
        }
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public byte[] rowsToFile() throws IOException {
        encoder.open();
        for (byte[] row : rows) {
            encoder.add(row, 0);
        }
        return encoder.finish();
    }

    private byte[] row(RawChange event) throws MalformedChange {
        return rowEncoder.encode(event, reader.read(event.value()));
    }
}
