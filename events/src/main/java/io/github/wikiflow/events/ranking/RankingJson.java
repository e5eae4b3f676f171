package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The form of a {@link Ranking} on the topic: a JSON object with the record's names, instants in
 * ISO 8601 (UTC), the enums in lower case. Readers ignore names that they do not know, so that
 * fields can be added.
 *
 * <p>Thread-safe.
 */
public final class RankingJson {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private RankingJson() {}

    /** The ranking as UTF-8 JSON. */
    public static byte[] write(Ranking ranking) {
        try {
            return MAPPER.writeValueAsBytes(ranking);
        } catch (JacksonException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The ranking that {@link #write} wrote.
     *
     * @throws IOException if the bytes are no ranking
     */
    public static Ranking read(byte[] json) throws IOException {
        return MAPPER.readValue(json, Ranking.class);
    }
}
