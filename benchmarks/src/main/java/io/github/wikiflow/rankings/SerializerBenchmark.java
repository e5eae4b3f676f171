package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.rankings.count.BucketCounts;
import io.github.wikiflow.rankings.count.BucketCountsSerializer;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.BucketReportSerializer;
import io.github.wikiflow.rankings.count.FirstPlaces;
import io.github.wikiflow.rankings.count.LocalCounts;
import io.github.wikiflow.rankings.rank.RankingSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What crosses the network of the rankings job and stands in its state, written and read: the
 * fullest bucket of users after two thousand changes, a bucket's report, and a ranking of ten. One
 * operation is one record.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Thread)
public class SerializerBenchmark {

    private static final int PLACES = 10;
    private static final Instant WINDOW = Instant.parse("2026-01-01T00:00:00Z");

    private final DataOutputSerializer output = new DataOutputSerializer(1 << 16);
    private final DataInputDeserializer input = new DataInputDeserializer();
    private BucketCounts counts;
    private BucketReport report;
    private Ranking ranking;
    private byte[] countsBytes;
    private byte[] reportBytes;
    private byte[] rankingBytes;

    @Setup
    public void make() throws IOException {
        LocalCounts local = new LocalCounts(SampleChanges.EVENT_TIME, EnumSet.of(Dimension.USERS));
        SampleChanges.list().subList(0, 2_000).forEach(local::add);
        List<BucketCounts> buckets = new ArrayList<>();
        local.drainTo(buckets::add);
        counts = Collections.max(buckets, Comparator.comparingInt(each -> each.counts().size()));
        report =
                new BucketReport(
                        counts.dimension(),
                        counts.bucket(),
                        counts.windowStart(),
                        counts.counts().changes(),
                        counts.counts().size(),
                        FirstPlaces.of(counts.counts(), PLACES));
        ranking = ranking();
        countsBytes = written(new BucketCountsSerializer(), counts);
        reportBytes = written(new BucketReportSerializer(), report);
        rankingBytes = written(new RankingSerializer(), ranking);
    }

    @Benchmark
    public int writeBucketCounts() throws IOException {
        return write(new BucketCountsSerializer(), counts);
    }

    @Benchmark
    public Object readBucketCounts() throws IOException {
        return read(new BucketCountsSerializer(), countsBytes);
    }

    @Benchmark
    public int writeBucketReport() throws IOException {
        return write(new BucketReportSerializer(), report);
    }

    @Benchmark
    public Object readBucketReport() throws IOException {
        return read(new BucketReportSerializer(), reportBytes);
    }

    @Benchmark
    public int writeRanking() throws IOException {
        return write(new RankingSerializer(), ranking);
    }

    @Benchmark
    public Object readRanking() throws IOException {
        return read(new RankingSerializer(), rankingBytes);
    }

    private <T> int write(TypeSerializer<T> serializer, T value) throws IOException {
        output.clear();
        serializer.serialize(value, output);
        return output.length();
    }

    private <T> byte[] written(TypeSerializer<T> serializer, T value) throws IOException {
        write(serializer, value);
        return output.getCopyOfBuffer();
    }

    private <T> T read(TypeSerializer<T> serializer, byte[] bytes) throws IOException {
        input.setBuffer(bytes);
        return serializer.deserialize(input);
    }

    private static Ranking ranking() {
        List<RankingEntry> top = new ArrayList<>();
        for (int place = 1; place <= PLACES; place++) {
            top.add(new RankingEntry(place, "A name of usual length", 100 - place, 0, null));
        }
        return new Ranking(
                Dimension.USERS,
                WINDOW,
                WINDOW.plusSeconds(600),
                Pane.EARLY,
                false,
                1,
                WINDOW,
                WINDOW,
                24_000,
                4_000,
                top);
    }
}
