package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.count.LocalCounts;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The count before the exchange, drained every two thousand changes, as at 10,000 changes a second.
 * One operation is one change.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class LocalCountBenchmark {

    private static final int CHANGES_BETWEEN_DRAINS = 2_000;

    /** What is ranked. */
    @Param({"users", "all"})
    private String dimensions;

    private Change[] changes;
    private LocalCounts counts;
    private int next;

    @Setup
    public void generate() {
        changes = SampleChanges.list().toArray(Change[]::new);
        Set<Dimension> ranked =
                dimensions.equals("all")
                        ? EnumSet.allOf(Dimension.class)
                        : EnumSet.of(Dimension.USERS);
        counts = new LocalCounts(SampleChanges.EVENT_TIME, ranked);
    }

    @Benchmark
    public void countChange(Blackhole drained) {
        counts.add(changes[next++]);
        if (next % CHANGES_BETWEEN_DRAINS == 0) {
            counts.drainTo(drained::consume);
            next %= changes.length;
        }
    }
}
