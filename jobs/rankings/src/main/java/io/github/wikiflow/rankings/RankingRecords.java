package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The records of the rankings topic: one key per dimension and window, the ranking as JSON. */
final class RankingRecords implements KafkaRecordSerializationSchema<Ranking> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    RankingRecords(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Ranking ranking, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(
                topic, ranking.key().getBytes(StandardCharsets.UTF_8), RankingJson.write(ranking));
    }
}
