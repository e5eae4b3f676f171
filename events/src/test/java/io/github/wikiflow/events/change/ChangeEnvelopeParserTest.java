package io.github.wikiflow.events.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEnvelopeParserTest {

    private static final String EVENT =
            """
            {"$schema":"/mediawiki/recentchange/1.0.0","meta":{"uri":"u","id":"i-1","domain":"de.example",\
            "topic":"eqiad.mediawiki.recentchange","partition":0,"offset":5000000000,"x":{"id":"no"}},\
            "title":"Grüße","log_params":{"title":"no","wiki":["no"]},"wiki":"dewiki"}""";

    private final ChangeEnvelopeParser parser = new ChangeEnvelopeParser();

    @Test
    void readsTheEnvelopeAndNothingBelowIt() throws MalformedChange {
        assertThat(parser.parse(utf8(EVENT)))
                .isEqualTo(
                        new ChangeEnvelope(
                                "i-1",
                                "de.example",
                                "eqiad.mediawiki.recentchange",
                                0,
                                5_000_000_000L,
                                "dewiki",
                                "Grüße"));
    }

    @Test
    void knowsCanaries() throws MalformedChange {
        assertThat(parser.parse(utf8("{\"meta\":{\"domain\":\"canary\"}}")).isCanary()).isTrue();
        assertThat(parser.parse(utf8(EVENT)).isCanary()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"meta\":1,\"title\":{},\"wiki\":[]}",
                "{\"meta\":{\"id\":null,\"topic\":[],\"partition\":\"0\",\"offset\":1.5}}"
            })
    void acceptsAnyObjectAndLeavesOutWhatItLacks(String json) throws MalformedChange {
        assertThat(parser.parse(utf8(json))).isEqualTo(ChangeEnvelope.UNKNOWN);
    }

    @Test
    void takesNumbersWithoutFractionForIntegers() throws MalformedChange {
        ChangeEnvelope envelope =
                parser.parse(utf8("{\"meta\":{\"partition\":1.0,\"offset\":5e9}}"));
        assertThat(envelope.partition()).isEqualTo(1);
        assertThat(envelope.offset()).isEqualTo(5_000_000_000L);
    }

    @Test
    void readsOfWhatIsNotUtf8TheFrontOnly() {
        byte[] json = utf8("{\"meta\":{\"id\":\"i-1\"},\"title\":\"?\",\"wiki\":\"w\"}");
        json[json.length - 13] = (byte) 0xFF;
        assertThatThrownBy(() -> parser.parse(json)).hasMessage("not UTF-8: wrong byte at 31");
        assertThat(parser.parseFront(json))
                .isEqualTo(new ChangeEnvelope("i-1", null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "1", "null", "{", "{}{}", "{} x", "<html>", "{\"a\":\"\u0000\"}"})
    void rejectsWhatIsNotOneObject(String json) {
        assertThatThrownBy(() -> parser.parse(utf8(json))).isInstanceOf(MalformedChange.class);
    }

    @Test
    void readsAsMuchAsThereIsOfTheFront() {
        byte[] event = utf8(EVENT);
        for (int length = 0; length < event.length; length++) {
            byte[] front = Arrays.copyOf(event, length);
            ChangeEnvelope envelope = parser.parseFront(front);
            if (EVENT.indexOf("5000000000,\"x\":{") + 16 <= length) {
                assertThat(envelope.offset()).isEqualTo(5_000_000_000L);
            }
            // Not 5, of which the event's first bytes are: the bridge would take it for one of
            // long ago.
            assertThat(envelope.offset()).isIn(null, 5_000_000_000L);
            assertThat(envelope.id()).isIn(null, "i-1");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
