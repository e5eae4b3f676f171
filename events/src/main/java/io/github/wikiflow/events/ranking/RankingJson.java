package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
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

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .build();

    private RankingJson() {}

    /** The ranking as UTF-8 JSON. */
    public static byte[] write(Ranking ranking) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(json)) {
            write(ranking, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json.toByteArray();
    }

    private static void write(Ranking ranking, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("dimension", ranking.dimension().label());
        generator.writeStringField("windowStart", ranking.windowStart().toString());
        generator.writeStringField("windowEnd", ranking.windowEnd().toString());
        generator.writeStringField("pane", ranking.pane().label());
        generator.writeBooleanField("isFinal", ranking.isFinal());
        generator.writeNumberField("revision", ranking.revision());
        generator.writeStringField(
                "watermark", ranking.watermark() == null ? null : ranking.watermark().toString());
        generator.writeStringField("emittedAt", ranking.emittedAt().toString());
        generator.writeNumberField("changes", ranking.changes());
        generator.writeNumberField("distinct", ranking.distinct());
        generator.writeArrayFieldStart("top");
        for (RankingEntry entry : ranking.top()) {
            write(entry, generator);
        }
        generator.writeEndArray();
        generator.writeEndObject();
    }

    private static void write(RankingEntry entry, JsonGenerator generator) throws IOException {
        generator.writeStartObject();
        generator.writeNumberField("rank", entry.rank());
        generator.writeStringField("name", entry.name());
        generator.writeNumberField("count", entry.count());
        generator.writeBooleanField("bot", entry.bot());
        if (entry.wiki() != null) {
            generator.writeStringField("wiki", entry.wiki());
        }
        generator.writeEndObject();
    }

    /**
     * The ranking that {@link #write} wrote.
     *
     * @throws IOException if the bytes are no ranking
     */
    public static Ranking read(byte[] json) throws IOException {
        return Reader.MAPPER.readValue(json, Ranking.class);
    }

    /**
     * Loaded by the first who reads: mapping by annotations takes 500 classes and some tenths of a
     * second, which a job that writes a few hundred rankings would spend for nothing.
     */
    private static final class Reader {

        static final ObjectMapper MAPPER =
                JsonMapper.builder()
                        .addModule(new JavaTimeModule())
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .build();
    }
}
