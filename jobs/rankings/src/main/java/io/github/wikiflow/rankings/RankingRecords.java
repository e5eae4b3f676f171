package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the rankings topic: one key per dimension and window, the ranking as JSON. If it
 * is larger than a record may be, its last places are left out: names are text from strangers, and
 * whatever they are, they must not end the job.
 */
final class RankingRecords implements KafkaRecordSerializationSchema<Ranking> {

    /** What Kafka's producer and brokers take by default is 1 MiB, with key and headers. */
    static final int MAX_BYTES = 1_000_000;

    private static final Logger LOG = LoggerFactory.getLogger(RankingRecords.class);

    private static final long serialVersionUID = 1L;

    private final String topic;

    RankingRecords(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Ranking ranking, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic, ranking.key().getBytes(StandardCharsets.UTF_8), bounded(ranking));
    }

    private static byte[] bounded(Ranking ranking) {
        byte[] json = RankingJson.write(ranking);
        int places = ranking.top().size();
        while (json.length > MAX_BYTES) {
            places = (int) Math.min(places - 1L, (long) places * MAX_BYTES / json.length);
            json = RankingJson.write(ranking.withTop(ranking.top().subList(0, places)));
            LOG.warn("{} has room for {} places only, since names are long", ranking.key(), places);
        }
        return json;
    }
}
