package io.github.wikiflow.events.change;

import java.nio.charset.StandardCharsets;

/** Sample events as text, for the tests of the parsers. */
final class ChangeText {

    /** An edit with every field that the contract names for it. */
    static final String EDIT =
            """
            {"$schema":"/mediawiki/recentchange/1.0.1",
             "meta":{"uri":"https://de.wikipedia.org/wiki/Caf%C3%A9","request_id":"r-1","id":"m-1",
                     "dt":"2026-05-01T10:00:01.250Z","domain":"de.wikipedia.org",
                     "stream":"mediawiki.recentchange","topic":"eqiad.mediawiki.recentchange",
                     "partition":0,"offset":6000000001},
             "id":5000000001,"type":"edit","namespace":0,"title":"Café","title_url":"https://de.wikipedia.org/wiki/Caf%C3%A9",
             "comment":"/* Kaffee */ 😀","timestamp":1777629601,"user":"Ann & Bob","bot":false,
             "notify_url":"https://de.wikipedia.org/w/index.php?diff=2","minor":true,"patrolled":false,
             "length":{"old":10,"new":20},"revision":{"old":5000000002,"new":5000000003},
             "server_url":"https://de.wikipedia.org","server_name":"de.wikipedia.org","server_script_path":"/w",
             "wiki":"dewiki","parsedcomment":"<b>Kaffee</b>"}
            """;

    /** A log entry with escapes in its texts. */
    static final String LOG =
            """
            {"$schema":"/mediawiki/recentchange/1.0.1","meta":{"id":"m-2","offset":-1},"type":"log",
             "timestamp":1777629602,"log_id":77,"log_type":"block","log_action":"reblock",
             "log_params":{"duration":"1 \\"week\\"","flags":[]},"log_action_comment":"a \\"b\\" \\u20ac\\n",
             "parsedcomment":"<a href=\\"/wiki/\\u00e4\\" title=\\"ä\\">ä</a>"}
            """;

    /** An event whose integers are written as some programs write all numbers. */
    static final String FRACTIONS =
            """
            {"meta":{"id":"m-3","partition":0.0,"offset":6.000000001e9},"timestamp":1777629603.0,
             "id":17.0,"namespace":4.0,"log_id":70e-1,"title":1.5,"length":{"old":10.0,"new":2e1},
             "revision":{"old":-0.0,"new":0.5}}
            """;

    /** The least that is a change. */
    static final String LEAST = "{\"timestamp\":1,\"meta\":{}}";

    private ChangeText() {}

    /** {@link #LEAST} with further members, such as {@code "user":null}. */
    static byte[] leastWith(String members) {
        return utf8("{\"timestamp\":1,\"meta\":{}," + members + "}");
    }

    /** The envelope of a change. */
    static ChangeEnvelope envelope(WikiChange change) {
        WikiChange.Meta meta = change.meta();
        return new ChangeEnvelope(
                meta.id(),
                meta.domain(),
                meta.topic(),
                meta.partition(),
                meta.offset(),
                change.wiki(),
                change.title());
    }

    /** The field's value as {@link #inUtf8} gives it. */
    static Object value(ChangeValues change, ChangeField field) {
        if (!change.has(field)) {
            return null;
        }
        return switch (field.kind()) {
            case TEXT, SOURCE -> change.text(field).toString();
            case BOOLEAN -> change.isTrue(field);
            case INTEGER, LONG -> change.number(field);
        };
    }

    /** A value as its bytes would be read: half a surrogate pair has no UTF-8. */
    static Object inUtf8(Object value) {
        if (value instanceof String text) {
            return new String(utf8(text), StandardCharsets.UTF_8);
        }
        return value instanceof Integer number ? Long.valueOf(number) : value;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
