package io.github.wikiflow.archive.row;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.LakeColumn;
import io.github.wikiflow.lake.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowEncoderTest {

    @Test
    void keepsEveryField() throws Exception {
        Map<LakeColumn, Object> row =
                row(
                        "key",
                        """
                        {"$schema":"s","meta":{"uri":"u","request_id":"r","id":"i","dt":"1970-01-01T00:00:01Z",
                        "domain":"d","stream":"st","topic":"t","partition":3,"offset":5000000000},
                        "id":3119682335,"type":"edit","namespace":-1,"title":"Ä👍","title_url":"tu",
                        "comment":"c","parsedcomment":"p","timestamp":7,"user":"usr","bot":false,
                        "notify_url":"n","minor":true,"patrolled":false,
                        "length":{"old":1,"new":2},"revision":{"old":5000000001,"new":5000000002},
                        "server_url":"su","server_name":"sn","server_script_path":"/w","wiki":"w",
                        "log_id":9,"log_type":"lt","log_action":"la","log_action_comment":"lc",
                        "log_params":{"a":[1]},"new":[1, 2.50]}""");
        assertThat(row.toString())
                .isEqualTo(
                        "{EVENT_KEY=key, EVENT_TOPIC=topic, EVENT_TIMESTAMP=8000000, SCHEMA=s, BOT=false,"
                                + " COMMENT=c, ID=3119682335, LENGTH_NEW=2, LENGTH_OLD=1, MINOR=true,"
                                + " NAMESPACE=-1, PARSEDCOMMENT=p, PATROLLED=false,"
                                + " REVISION_NEW=5000000002, REVISION_OLD=5000000001,"
                                + " SERVER_SCRIPT_PATH=/w, SERVER_URL=su, CHANGE_TIMESTAMP=7000000,"
                                + " TITLE=Ä👍, TYPE=edit, USER=usr, WIKI=w, META_DOMAIN=d,"
                                + " META_DT=1000000, META_ID=i, META_OFFSET=5000000000,"
                                + " META_PARTITION=3, META_REQUEST_ID=r, META_STREAM=st, META_TOPIC=t,"
                                + " META_URI=u, TITLE_URL=tu, NOTIFY_URL=n, LOG_ID=9, LOG_TYPE=lt,"
                                + " LOG_ACTION=la, LOG_ACTION_COMMENT=lc, LOG_PARAMS={\"a\":[1]},"
                                + " EVENT_PARTITION=2, EVENT_OFFSET=99, OTHER_FIELDS={\"new\":[1, 2.50]}}");
    }

    @Test
    void keepsAbsenceAbsentAndEmptinessEmpty() throws Exception {
        Map<LakeColumn, Object> row = row(null, "{\"meta\":{},\"timestamp\":7,\"title\":\"\"}");
        assertThat(row.keySet())
                .containsExactly(
                        LakeColumn.EVENT_TOPIC,
                        LakeColumn.EVENT_TIMESTAMP,
                        LakeColumn.CHANGE_TIMESTAMP,
                        LakeColumn.TITLE,
                        LakeColumn.EVENT_PARTITION,
                        LakeColumn.EVENT_OFFSET);
        assertThat(row.get(LakeColumn.TITLE)).isEqualTo("");
    }

    @Test
    void takesTextsBeyondItsFirstBuffer() throws Exception {
        String title = "ẞ".repeat(100_000);
        assertThat(row("k", "{\"meta\":{},\"timestamp\":7,\"title\":\"" + title + "\"}"))
                .containsEntry(LakeColumn.TITLE, title);
    }

    @Test
    void readsARowOfAReleaseThatHadFewerColumns() throws Exception {
        byte[] bytes = encode("key", "{\"meta\":{},\"timestamp\":7}");
        bytes[0] = 2;
        assertThat(read(bytes).keySet())
                .containsExactly(LakeColumn.EVENT_KEY, LakeColumn.EVENT_TOPIC);
    }

    private static Map<LakeColumn, Object> row(String key, String json) throws Exception {
        return read(encode(key, json));
    }

    private static byte[] encode(String key, String json) throws Exception {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        RawChange record =
                new RawChange(
                        key == null ? null : key.getBytes(StandardCharsets.UTF_8),
                        bytes,
                        2,
                        99,
                        8_000);
        return new RowEncoder("topic").encode(record, new ChangeReader().read(bytes));
    }

    private static Map<LakeColumn, Object> read(byte[] row) {
        RowReader reader = new RowReader();
        reader.start(row, 0);
        Map<LakeColumn, Object> values = new EnumMap<>(LakeColumn.class);
        for (LakeColumn column : LakeColumn.values()) {
            Object value =
                    switch (column.kind()) {
                        case TEXT ->
                                reader.nextText()
                                        ? new String(
                                                reader.array(),
                                                reader.textStart(),
                                                reader.textLength(),
                                                StandardCharsets.UTF_8)
                                        : null;
                        case BOOLEAN -> reader.nextBoolean();
                        case INTEGER -> reader.nextNumber() ? (Object) reader.readInteger() : null;
                        case LONG, TIMESTAMP ->
                                reader.nextNumber() ? (Object) reader.readLong() : null;
                    };
            if (value != null) {
                values.put(column, value);
            }
        }
        return values;
    }
}
