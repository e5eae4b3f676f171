package io.github.wikiflow.events.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads of an event's JSON only its {@link ChangeEnvelope}. It goes through all of the bytes, so
 * that what it accepts is one whole JSON object; unlike the other parsers it does not mind what
 * that object lacks.
 *
 * <p>Stateless; may be shared between threads.
 */
public final class ChangeEnvelopeParser {

    /**
     * Parses one event.
     *
     * @param json UTF-8; may be null or empty, which is malformed
     * @throws MalformedChange if the bytes are not one JSON object
     */
    public ChangeEnvelope parse(byte @Nullable [] json) throws MalformedChange {
        Fields fields = new Fields();
        try (JsonParser parser = ChangeJson.open(json)) {
            fields.readObject(parser);
            ChangeJson.requireEnd(parser);
            return fields.toEnvelope();
        } catch (IOException e) {
            throw ChangeJson.notJson(e);
        }
    }

    /** Reads as much as there is in the front part of an event, or in bytes that are none. */
    public ChangeEnvelope parseFront(byte[] json) {
        Fields fields = new Fields();
        byte[] front = Arrays.copyOf(json, Utf8.wellFormedLength(json));
        try (JsonParser parser = ChangeJson.open(front)) {
            fields.readObject(parser);
        } catch (IOException | MalformedChange e) {
            // The bytes end here or are no JSON or UTF-8 from here on: what came before is the
            // answer.
            return fields.toEnvelope();
        }
        return fields.toEnvelope();
    }

    /** The envelope while it is being read. */
    private static final class Fields {
        private @Nullable String id;
        private @Nullable String domain;
        private @Nullable String topic;
        private @Nullable Integer partition;
        private @Nullable Long offset;
        private @Nullable String wiki;
        private @Nullable String title;

        void readObject(JsonParser parser) throws IOException {
            String name;
            while ((name = parser.nextFieldName()) != null) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "meta" -> {
                        forgetMeta();
                        if (value == JsonToken.START_OBJECT) {
                            readMeta(parser);
                        } else {
                            parser.skipChildren();
                        }
                    }
                    case "wiki" -> wiki = ChangeJson.text(parser);
                    case "title" -> title = ChangeJson.text(parser);
                    default -> parser.skipChildren();
                }
            }
        }

        /** Of a repeated field the last one counts. */
        private void forgetMeta() {
            id = null;
            domain = null;
            topic = null;
            partition = null;
            offset = null;
        }

        private void readMeta(JsonParser parser) throws IOException {
            Integer partitionRead = null;
            Long offsetRead = null;
            String name;
            do {
                name = parser.nextFieldName();
                // Of bytes that end too early a number may be the last that there is, and not all
                // of it: it counts once something follows.
                partition = partitionRead;
                offset = offsetRead;
                if (name != null) {
                    parser.nextToken();
                    switch (name) {
                        case "id" -> id = ChangeJson.text(parser);
                        case "domain" -> domain = ChangeJson.text(parser);
                        case "topic" -> topic = ChangeJson.text(parser);
                        case "partition" -> partitionRead = ChangeJson.smallInteger(parser);
                        case "offset" -> offsetRead = ChangeJson.integer(parser);
                        default -> parser.skipChildren();
                    }
                }
            } while (name != null);
        }

        ChangeEnvelope toEnvelope() {
            return new ChangeEnvelope(id, domain, topic, partition, offset, wiki, title);
        }
    }
}
