package io.github.wikiflow.rankings.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.change.LateChange;
import io.github.wikiflow.rankings.change.LateChangeSerializer;
import io.github.wikiflow.rankings.count.BucketCounts;
import io.github.wikiflow.rankings.count.BucketCountsSerializer;
import io.github.wikiflow.rankings.count.BucketReport;
import io.github.wikiflow.rankings.count.BucketReportSerializer;
import io.github.wikiflow.rankings.count.FirstPlaces;
import io.github.wikiflow.rankings.count.ItemCounts;
import io.github.wikiflow.rankings.lake.LakeChange;
import io.github.wikiflow.rankings.lake.LakeChangeSerializer;
import io.github.wikiflow.rankings.rank.RankingProgress;
import io.github.wikiflow.rankings.rank.RankingProgressSerializer;
import io.github.wikiflow.rankings.rank.RankingSerializer;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Savepoints hold these bytes: a change to them needs a new serializer that reads the old ones. */
class CompactTypeTest {

    private static final RawChange RAW =
            new RawChange(Samples.utf8("k"), Samples.utf8("{}"), 3, 300, 1_700_000_000_123L);
    private static final List<RankingEntry> TOP =
            List.of(
                    new RankingEntry(1, "Ä", 300, 299, null, true, new Place(4, 5)),
                    new RankingEntry(2, "P", 1, 0, "dewiki"));

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(
                        ChangeSerializer.TYPE,
                        Change.of(
                                RAW,
                                ChangeSummary.of(1_700_000_000L, "edit", "w", null, "U", true)),
                        "026b037b7d03ac020000018bcfe5687b80e2cfaa060565646974027700025501"),
                Arguments.of(
                        ChangeSerializer.TYPE,
                        Change.of(
                                new RawChange(null, null, 0, 0, -1),
                                ChangeSummary.of(0, null, null, null, null, false)),
                        "00000000ffffffffffffffff000000000000"),
                Arguments.of(
                        LakeChangeSerializer.TYPE,
                        new LakeChange(
                                new TopicPartition("t", 3),
                                300,
                                1_700_000_000_123L,
                                1_700_000_000_000L,
                                17L << 44,
                                ChangeSummary.of(1_700_000_000L, "edit", "w", null, "U", true)),
                        "00017403ac020000018bcfe5687b0000018bcfe56800000110000000000080e2cfaa060565646974027700025501"),
                Arguments.of(
                        LateChangeSerializer.TYPE,
                        new LateChange(RAW, 1_700_000_000_000L, 1_700_000_600_000L, 900_000),
                        "026b037b7d03ac020000018bcfe5687b0000018bcfe568000000018bcfee8fc000000000000dbba0"),
                Arguments.of(
                        BucketReportSerializer.TYPE,
                        new BucketReport(Dimension.PAGES, 5, 1_700_000_000_000L, 301, 2, TOP),
                        "250000018bcfe56800ad0202020102c401ac02ab0200010405020250010007646577696b690000"),
                Arguments.of(
                        RankingProgressSerializer.TYPE,
                        new RankingProgress(7, 8, 9, true),
                        "00000000000000070000000000000008000000000000000901"),
                Arguments.of(
                        RankingSerializer.TYPE,
                        new Ranking(
                                Dimension.HUMANS,
                                Instant.ofEpochSecond(1_700_000_000L),
                                Instant.ofEpochSecond(1_700_000_600L),
                                Pane.LATE,
                                true,
                                5,
                                Instant.ofEpochSecond(1_700_000_700L),
                                Instant.ofEpochMilli(1_700_000_800_123L),
                                301,
                                2,
                                TOP),
                        "0768756d616e730000018bcfe568000000018bcfee8fc002010000000000000005010000018bcff016600000018bcff19d7bad0202020102c401ac02ab0200010405020250010007646577696b690000"),
                Arguments.of(
                        RankingSerializer.TYPE,
                        new Ranking(
                                Dimension.WIKIS,
                                Instant.EPOCH,
                                Instant.ofEpochSecond(600),
                                Pane.EARLY,
                                false,
                                1,
                                null,
                                Instant.EPOCH,
                                0,
                                0,
                                List.of()),
                        "0677696b6973000000000000000000000000000927c000000000000000000001000000000000000000000000"));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void isWrittenInTheseBytesAndReadBack(CompactType<T> type, T value, String golden)
            throws IOException {
        byte[] bytes = write(type, value);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(golden);
        assertThat(HexFormat.of().formatHex(write(type, read(type, bytes)))).isEqualTo(golden);
        assertThat(read(type, bytes)).usingRecursiveComparison().isEqualTo(value);
    }

    @Test
    void countsAreWrittenInTheseBytesAndReadBack() throws IOException {
        ItemCounts counts = new ItemCounts();
        counts.addNameless(1);
        Samples.count(counts, "Ä", 300, 299);
        Samples.count(counts, "B", 1, 0);
        BucketCounts bucket =
                new BucketCounts(Dimension.WIKIS, 15, 1_700_000_000_000L, counts, null);
        byte[] bytes = write(BucketCountsSerializer.TYPE, bucket);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("3f0000018bcfe56800ae020202c384ac02ab020142010000");
        BucketCounts read = read(BucketCountsSerializer.TYPE, bytes);
        assertThat(read.dimension()).isEqualTo(Dimension.WIKIS);
        assertThat(read.bucket()).isEqualTo(15);
        assertThat(read.windowStart()).isEqualTo(1_700_000_000_000L);
        assertThat(read.counts().changes()).isEqualTo(302);
        assertThat(FirstPlaces.of(read.counts(), 10)).isEqualTo(FirstPlaces.of(counts, 10));
        assertThat(read.original()).isNull();

        bucket = new BucketCounts(Dimension.WIKIS, 15, 1_700_000_000_000L, counts, RAW);
        read = read(BucketCountsSerializer.TYPE, write(BucketCountsSerializer.TYPE, bucket));
        assertThat(read.original()).usingRecursiveComparison().isEqualTo(RAW);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void isRestoredByTheSnapshotOfItsSerializer(CompactType<T> type, T value, String golden)
            throws IOException {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer target = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(target, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<T> restored =
                TypeSerializerSnapshot.readVersionedSnapshot(
                        new DataInputDeserializer(target.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(restored)
                                .isCompatibleAsIs())
                .isTrue();
    }

    private static <T> byte[] write(CompactType<T> type, T value) throws IOException {
        DataOutputSerializer target = new DataOutputSerializer(64);
        type.createSerializer(new SerializerConfigImpl()).serialize(value, target);
        return target.getCopyOfBuffer();
    }

    private static <T> T read(CompactType<T> type, byte[] bytes) throws IOException {
        DataInputDeserializer source = new DataInputDeserializer(bytes);
        T value = type.createSerializer(new SerializerConfigImpl()).deserialize(source);
        assertThat(source.available()).isZero();
        return value;
    }
}
