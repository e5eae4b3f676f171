package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.github.wikiflow.events.ranking.MalformedRanking.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

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
        generator.writeNumberField("botCount", entry.botCount());
        if (entry.wiki() != null) {
            generator.writeStringField("wiki", entry.wiki());
        }
        generator.writeBooleanField("cut", entry.cut());
        if (entry.before() != null) {
            generator.writeObjectFieldStart("before");
            generator.writeNumberField("rank", entry.before().rank());
            generator.writeNumberField("count", entry.before().count());
            generator.writeEndObject();
        }
        generator.writeEndObject();
    }

    /**
     * The ranking that {@link #write} wrote, or a later release's.
     *
     * @param json may be null or empty, which is malformed
     * @throws MalformedRanking whatever the bytes are, if they are no ranking
     */
    public static Ranking read(byte @Nullable [] json) throws MalformedRanking {
        if (json == null || json.length == 0) {
            throw new MalformedRanking(Flaw.NOT_JSON, "no value");
        }
        Ranking ranking;
        try {
            ranking = Reader.RANKINGS.readValue(json);
        } catch (JsonMappingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new MalformedRanking(Flaw.NOT_JSON, "not JSON");
        }
        if (ranking == null) {
            throw new MalformedRanking(Flaw.NOT_A_RANKING, "null");
        }
        requireShowable(ranking);
        return ranking;
    }

    private static MalformedRanking malformed(JsonMappingException failure) {
        // Jackson wraps what is wrong with the JSON if that comes within a list.
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException
                    || cause instanceof StreamConstraintsException) {
                return new MalformedRanking(Flaw.NOT_JSON, "not JSON");
            }
        }
        String field =
                failure.getPath().stream()
                        .map(
                                part ->
                                        part.getFieldName() == null
                                                ? Integer.toString(part.getIndex())
                                                : part.getFieldName())
                        .collect(Collectors.joining("."));
        return new MalformedRanking(
                Flaw.NOT_A_RANKING,
                field.isEmpty() ? "a field is missing or wrong" : field + " is missing or wrong");
    }

    /** What a record may hold, but no reader can show. */
    private static void requireShowable(Ranking ranking) throws MalformedRanking {
        for (Instant instant :
                Arrays.asList(
                        ranking.windowStart(),
                        ranking.windowEnd(),
                        ranking.watermark(),
                        ranking.emittedAt())) {
            if (instant != null && (instant.isBefore(EARLIEST) || instant.isAfter(LATEST))) {
                throw new MalformedRanking(
                        Flaw.NOT_A_RANKING, "an instant is not in the years 1 to 9999");
            }
        }
        CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
        for (RankingEntry entry : ranking.top()) {
            if (!utf8.canEncode(entry.name())
                    || entry.wiki() != null && !utf8.canEncode(entry.wiki())) {
                throw new MalformedRanking(
                        Flaw.NOT_A_RANKING, "a name has half of a surrogate pair");
            }
        }
    }

    /**
     * Loaded by the first who reads: mapping by annotations takes 500 classes and some tenths of a
     * second, which a job that writes a few hundred rankings would spend for nothing.
     */
    private static final class Reader {

        static final ObjectReader RANKINGS =
                JsonMapper.builder()
                        .addModule(
                                new SimpleModule().addDeserializer(Instant.class, new IsoInstant()))
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build()
                        .readerFor(Ranking.class);
    }

    /** Only ISO 8601: other deserializers take numbers too, and any of them. */
    private static final class IsoInstant extends FromStringDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        IsoInstant() {
            super(Instant.class);
        }

        @Override
        protected Instant _deserialize(String text, DeserializationContext context) {
            return Instant.parse(text);
        }
    }
}
