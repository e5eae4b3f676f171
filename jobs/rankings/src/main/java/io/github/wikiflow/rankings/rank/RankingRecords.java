package io.github.wikiflow.rankings.rank;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import io.github.wikiflow.events.ranking.RankingJson;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.formats.json.JsonSerializationSchema;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.JsonInclude;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.annotation.PropertyAccessor;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.json.JsonWriteFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.SerializationFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.cfg.EnumFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the rankings topic: one key per dimension and window, the ranking as JSON in the
 * form that {@link RankingJson} reads.
 */
public final class RankingRecords {

    private RankingRecords() {}

    public static KafkaRecordSerializationSchema<Ranking> of(String topic) {
        SerializationSchema<Ranking> key =
                ranking -> ranking.key().getBytes(StandardCharsets.UTF_8);
        return KafkaRecordSerializationSchema.<Ranking>builder()
                .setTopic(topic)
                .setKeySerializationSchema(key)
                .setValueSerializationSchema(new BoundedJson())
                .build();
    }

    /** The components of the records by their names, as {@link RankingJson} writes them. */
    private static ObjectMapper mapper() {
        JsonMapper mapper =
                JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .visibility(PropertyAccessor.ALL, Visibility.NONE)
                        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                        .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build();
        mapper.configOverride(RankingEntry.class)
                .setInclude(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS));
        return mapper;
    }

    /**
     * A ranking that is larger than a record may be loses its last places: names are text from
     * strangers, and whatever they are, they must not end the job.
     */
    public static final class BoundedJson implements SerializationSchema<Ranking> {

        /** What Kafka's producer and brokers take by default is 1 MiB, with key and headers. */
        static final int MAX_BYTES = 1_000_000;

        private static final Logger LOG = LoggerFactory.getLogger(RankingRecords.class);

        private static final long serialVersionUID = 1L;

        private final JsonSerializationSchema<Ranking> json =
                new JsonSerializationSchema<>(RankingRecords::mapper);

        @Override
        public void open(InitializationContext context) {
            json.open(context);
        }

        @Override
        public byte[] serialize(Ranking ranking) {
            byte[] bytes = json.serialize(ranking);
            int places = ranking.top().size();
            while (bytes.length > MAX_BYTES) {
                places = (int) Math.min(places - 1L, (long) places * MAX_BYTES / bytes.length);
                bytes = json.serialize(ranking.withTop(ranking.top().subList(0, places)));
                LOG.warn("{} has room for {} places only: names are long", ranking.key(), places);
            }
            return bytes;
        }
    }
}
