package io.github.wikiflow.events.change;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Reads of an event's JSON only what a ranking needs. It accepts and rejects exactly the bytes that
 * {@link WikiChangeParser} does, so that the rankings count what the lake holds. What a scanner
 * made for usual events is not sure of, Jackson decides.
 *
 * <p>Stateless; may be shared between threads.
 */
public final class ChangeSummaryParser {

    /**
     * Parses one event.
     *
     * @param json UTF-8; may be null or empty, which is malformed
     * @throws MalformedChange as {@link WikiChangeParser#parse} does
     */
    public ChangeSummary parse(byte[] json) throws MalformedChange {
        ChangeSummary usual = ChangeSummaryScanner.scan(json);
        return usual == null ? parseUnusual(json) : usual;
    }

    private static ChangeSummary parseUnusual(byte[] json) throws MalformedChange {
        try (JsonParser parser = ChangeJson.open(json)) {
            long timestamp = -1;
            boolean hasMeta = false;
            String type = null;
            String wiki = null;
            String title = null;
            String user = null;
            Boolean bot = null;
            String name;
            while ((name = parser.nextFieldName()) != null) {
                parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestamp = ChangeJson.timestamp(parser);
                    case "meta" -> {
                        ChangeJson.requireMetaObject(parser);
                        parser.skipChildren();
                        hasMeta = true;
                    }
                    case "type" -> type = ChangeJson.text(parser);
                    case "wiki" -> wiki = ChangeJson.text(parser);
                    case "title" -> title = ChangeJson.text(parser);
                    case "user" -> user = ChangeJson.text(parser);
                    case "bot" -> bot = ChangeJson.bool(parser);
                    default -> parser.skipChildren();
                }
            }
            ChangeJson.requireEnd(parser);
            if (!hasMeta) {
                throw ChangeJson.missing("meta");
            }
            if (timestamp < 0) {
                throw ChangeJson.missing("timestamp");
            }
            return new ChangeSummary(timestamp, type, wiki, title, user, bot != null && bot);
        } catch (IOException e) {
            throw ChangeJson.notJson(e);
        }
    }
}
