package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingEntry.Place;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.rankings.rank.RankingRecords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.junit.jupiter.api.Test;

/** A record that Kafka refuses would end the job again and again. */
class RecordSizeTest {

    private static final int PRODUCERS_LIMIT = 1_048_576;

    @Test
    void aRankingOfNamesThatTakeMuchSpaceHasFewerPlaces() throws Exception {
        Ranking ranking = ranking(1_000, "\u0001".repeat(RankingEntry.MAX_NAME_BYTES));

        ProducerRecord<byte[], byte[]> record = record(ranking);

        assertThat(size(record)).isLessThan(PRODUCERS_LIMIT);
        Ranking written = RankingJson.read(record.value());
        assertThat(written.top()).hasSizeBetween(70, 100);
        assertThat(written)
                .isEqualTo(ranking.withTop(ranking.top().subList(0, written.top().size())));
    }

    @Test
    void aThousandPlacesOfUsualNamesAreAllWritten() throws Exception {
        Ranking ranking = ranking(1_000, "x".repeat(255));

        ProducerRecord<byte[], byte[]> record = record(ranking);

        assertThat(RankingJson.read(record.value())).isEqualTo(ranking);
    }

    /** The golden JSON is in RankingJsonTest. */
    @Test
    void aRankingHasTheFormThatEveryReaderKnows() throws Exception {
        Ranking open =
                new Ranking(
                        Dimension.HUMANS,
                        Instant.parse("2026-05-01T10:00:00Z"),
                        Instant.parse("2026-05-01T10:10:00Z"),
                        Pane.ON_TIME,
                        false,
                        17,
                        null,
                        Instant.parse("2026-05-01T10:10:21.042Z"),
                        1_234,
                        567,
                        List.of(
                                new RankingEntry(
                                        1, "Café <b>", 20, 7, "dewiki", true, new Place(3, 8)),
                                new RankingEntry(2, "😀\u0001\"\\", 19, 0, null)));
        for (Ranking ranking : List.of(open, ranking(3, "x"), ranking(0, "x"))) {
            ProducerRecord<byte[], byte[]> record = record(ranking);
            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(RankingJson.write(ranking), StandardCharsets.UTF_8));
            assertThat(record.key()).isEqualTo(ranking.key().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Ranking ranking) throws Exception {
        KafkaRecordSerializationSchema<Ranking> records = RankingRecords.of("rankings");
        records.open(null, null);
        return records.serialize(ranking, null, null);
    }

    private static Ranking ranking(int places, String name) {
        List<RankingEntry> top = new ArrayList<>();
        for (int rank = 1; rank <= places; rank++) {
            top.add(new RankingEntry(rank, name, 1, 0, name, true, null));
        }
        return new Ranking(
                Dimension.PAGES,
                Instant.EPOCH,
                Instant.ofEpochSecond(600),
                Pane.EARLY,
                false,
                1,
                null,
                Instant.EPOCH,
                places,
                places,
                top);
    }

    /** As the producer reckons before it sends. */
    private static int size(ProducerRecord<byte[], byte[]> record) {
        return AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                record.key(),
                record.value(),
                record.headers().toArray());
    }
}
