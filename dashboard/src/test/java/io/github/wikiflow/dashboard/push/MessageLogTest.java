package io.github.wikiflow.dashboard.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageLogTest {

    private final MessageLog log = new MessageLog("run1");

    @Test
    void framesAMessageAsAServerSentEvent() {
        append("k", "{\"ä\":1}");
        assertThat(new String(log.next(MessageLog.BEGINNING).frame(), StandardCharsets.UTF_8))
                .isEqualTo("event: type\nid: run1-1\ndata: {\"ä\":1}\n\n");
    }

    @Test
    void keepsOnlyTheNewestMessageOfAKeyAndTheOrderOfPublication() {
        append("a", "1");
        append("b", "2");
        append("a", "3");
        append("c", "4");
        log.remove("b");
        log.remove("never there");
        assertThat(keysFrom(MessageLog.BEGINNING)).containsExactly("a", "c");
        assertThat(log.size()).isEqualTo(2);
    }

    @Test
    void aReturningClientGoesOnBehindWhatItSaw() {
        append("a", "1");
        append("b", "2");
        append("a", "3");
        assertThat(keysFrom(log.cursorOf("run1-1"))).containsExactly("b", "a");
        assertThat(keysFrom(log.cursorOf("run1-3"))).isEmpty();
    }

    @Test
    void whateverIsNoIdOfThisRunStartsAtTheBeginning() {
        append("a", "1");
        for (String id :
                new String[] {
                    null,
                    "",
                    "1",
                    "run0-1",
                    "run1-",
                    "run1-x",
                    "run1--1",
                    "run1-2",
                    "run1-99999999999999999999"
                }) {
            assertThat(log.cursorOf(id)).as(id).isEqualTo(MessageLog.BEGINNING);
        }
    }

    private void append(String key, String json) {
        log.append(key, "type", json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> keysFrom(long cursor) {
        List<String> keys = new ArrayList<>();
        for (Message next = log.next(cursor); next != null; next = log.next(next.sequence())) {
            keys.add(next.key());
        }
        return keys;
    }
}
