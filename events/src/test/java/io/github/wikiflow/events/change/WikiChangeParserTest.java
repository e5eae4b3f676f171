package io.github.wikiflow.events.change;

import static io.github.wikiflow.events.change.ChangeText.leastWith;
import static io.github.wikiflow.events.change.ChangeText.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.change.WikiChange.Log;
import io.github.wikiflow.events.change.WikiChange.Meta;
import io.github.wikiflow.events.change.WikiChange.OldAndNew;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikiChangeParserTest {

    private final WikiChangeParser parser = new WikiChangeParser();

    @Test
    void readsEveryFieldOfAnEdit() throws Exception {
        assertThat(parser.parse(utf8(ChangeText.EDIT)))
                .isEqualTo(
                        new WikiChange(
                                "/mediawiki/recentchange/1.0.1",
                                new Meta(
                                        "https://de.wikipedia.org/wiki/Caf%C3%A9",
                                        "r-1",
                                        "m-1",
                                        "2026-05-01T10:00:01.250Z",
                                        "de.wikipedia.org",
                                        "mediawiki.recentchange",
                                        "eqiad.mediawiki.recentchange",
                                        0,
                                        6_000_000_001L),
                                "5000000001",
                                "edit",
                                0,
                                "Café",
                                "https://de.wikipedia.org/wiki/Caf%C3%A9",
                                "/* Kaffee */ 😀",
                                "<b>Kaffee</b>",
                                1_777_629_601L,
                                "Ann & Bob",
                                false,
                                "https://de.wikipedia.org/w/index.php?diff=2",
                                true,
                                false,
                                new OldAndNew(10L, 20L),
                                new OldAndNew(5_000_000_002L, 5_000_000_003L),
                                "https://de.wikipedia.org",
                                "de.wikipedia.org",
                                "/w",
                                "dewiki",
                                Log.ABSENT,
                                null));
    }

    @Test
    void readsEveryFieldOfALogEntry() throws Exception {
        WikiChange change =
                parser.parse(
                        leastWith(
                                "\"type\":\"log\",\"log_id\":4294967297,\"log_type\":\"block\",\"log_action\":\"reblock\","
                                        + "\"log_action_comment\":\"spam\",\"log_params\":{\"duration\" : \"1 week\"}"));
        assertThat(change.type()).isEqualTo("log");
        assertThat(change.log())
                .isEqualTo(
                        new Log(
                                4_294_967_297L,
                                "block",
                                "reblock",
                                "spam",
                                "{\"duration\" : \"1 week\"}"));
    }

    @Test
    void leavesAbsentFieldsNull() throws Exception {
        assertThat(parser.parse(utf8(ChangeText.LEAST)))
                .isEqualTo(
                        new WikiChange(
                                null,
                                new Meta(null, null, null, null, null, null, null, null, null),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                1L,
                                null,
                                null,
                                null,
                                null,
                                null,
                                OldAndNew.ABSENT,
                                OldAndNew.ABSENT,
                                null,
                                null,
                                null,
                                null,
                                Log.ABSENT,
                                null));
    }

    @Test
    void keepsOtherFieldsOfEveryShapeAsTheyWere() throws Exception {
        WikiChange change =
                parser.parse(
                        leastWith(
                                "\"a\":1,\"b\":[1,[2],{\"user\":\"no\"}],\"c\":{\"user\":\"no\",\"meta\":{}},\"d\":null,"
                                        + "\"user\":\"yes\",\"e\":\"x\""));
        assertThat(change.user()).isEqualTo("yes");
        assertThat(change.otherFields())
                .isEqualTo(
                        "{\"a\":1,\"b\":[1,[2],{\"user\":\"no\"}],\"c\":{\"user\":\"no\",\"meta\":{}},\"d\":null,"
                                + "\"e\":\"x\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'timestamp':1,'meta':{'id':'i','x':1.50}}                | {'meta':{'x':1.50}}",
                "{'timestamp':1,'meta':{},'length':{'old':1,'x':[ 1 ]}}    | {'length':{'x':[ 1 ]}}",
                "{'timestamp':1,'meta':{},'revision':7,'length':null}      | {'revision':7}",
                "{'timestamp':1,'meta':{},'\\u0061b\\'' : 'Ä\\n' }         | {'\\u0061b\\'':'Ä\\n'}",
                "{'timestamp':1,'meta':{},'a':1,'b':2,'a':1e5}             | {'a':1e5,'b':2}",
                "{'timestamp':1,'meta':{'x':1},'length':{'x':1},'meta':{},'length':{}} |",
                "{'timestamp':1,'meta':{'schema_uri':'s'}}                 |",
            })
    void keepsOtherFieldsWithTheirPath(String event, String others) throws Exception {
        assertThat(parser.parse(utf8(event.replace('\'', '"'))).otherFields())
                .isEqualTo(others == null ? null : others.replace('\'', '"'));
    }

    @Test
    void takesFieldsInAnyOrder() throws Exception {
        WikiChange change =
                parser.parse(
                        utf8(
                                "{\"wiki\":\"w\",\"meta\":{\"offset\":7,\"id\":\"i\"},\"user\":\"u\",\"timestamp\":9}"));
        assertThat(change.wiki()).isEqualTo("w");
        assertThat(change.user()).isEqualTo("u");
        assertThat(change.timestamp()).isEqualTo(9);
        assertThat(change.meta().offset()).isEqualTo(7);
    }

    @Test
    void takesTheLastOfARepeatedField() throws Exception {
        assertThat(parser.parse(leastWith("\"user\":\"a\",\"user\":\"b\"")).user()).isEqualTo("b");
        assertThat(parser.parse(leastWith("\"timestamp\":2")).timestamp()).isEqualTo(2);
    }

    @Test
    void takesNothingOfAnEarlierMeta() throws Exception {
        String twice =
                "\"meta\":{\"id\":\"a\",\"partition\":1,\"offset\":1},\"meta\":{\"offset\":2}";
        assertThat(parser.parse(leastWith(twice)).meta())
                .isEqualTo(new Meta(null, null, null, null, null, null, null, null, 2L));
        assertThat(new ChangeEnvelopeParser().parse(leastWith(twice)))
                .isEqualTo(new ChangeEnvelope(null, null, null, null, 2L, null, null));
    }

    @Test
    void takesTheSchemaOfOldRecordingsFromMeta() throws Exception {
        WikiChange change =
                parser.parse(
                        utf8(
                                "{\"timestamp\":1,\"meta\":{\"schema_uri\":\"mediawiki/recentchange/1\"}}"));
        assertThat(change.schema()).isEqualTo("mediawiki/recentchange/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"142\" | 142",
                "142 | 142",
                "142.0 | 142",
                "1.50 | 1.50",
                "1e99999999999 | 1e99999999999",
                "true | true",
                "null | ",
                "[1] | ",
                "{\"a\":1} | "
            })
    void readsScalarsAsTextWhateverTheirType(String json, String expected) throws Exception {
        assertThat(parser.parse(leastWith("\"type\":" + json)).type()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "\"12\"",
                "1.5",
                "1e30",
                "1e-1",
                "1e9999999999",
                "true",
                "[]",
                "{}",
                "99999999999999999999"
            })
    void readsANumberOfAnotherTypeAsAbsent(String json) throws Exception {
        WikiChange change =
                parser.parse(
                        leastWith(
                                "\"namespace\":%1$s,\"log_id\":%1$s,\"length\":{\"old\":%1$s,\"new\":5}"
                                        .formatted(json)));
        assertThat(change.namespace()).isNull();
        assertThat(change.log().id()).isNull();
        assertThat(change.length()).isEqualTo(new OldAndNew(null, 5L));
    }

    @Test
    void readsA64BitNamespaceAsAbsent() throws Exception {
        assertThat(parser.parse(leastWith("\"namespace\":4294967296")).namespace()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "\"true\"", "[]", "{}"})
    void readsABooleanOfAnotherTypeAsAbsent(String json) throws Exception {
        assertThat(parser.parse(leastWith("\"bot\":" + json)).bot()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "1", "[1,2]", "\"x\""})
    void readsALengthThatIsNoObjectAsAbsent(String json) throws Exception {
        assertThat(parser.parse(leastWith("\"length\":" + json)).length())
                .isEqualTo(OldAndNew.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "[ 1, 2, \"x\" ]",
                "{\"a\":{\"b\":[\"é😀\\u0041\\\"\"]}}",
                "\"te\\\"xt\"",
                "12.50",
                "false"
            })
    void keepsLogParametersAsTheyCame(String json) throws Exception {
        assertThat(parser.parse(leastWith("\"comment\":\"é\",\"log_params\":" + json + " ")).log())
                .isEqualTo(new Log(null, null, null, null, json));
    }

    @Test
    void readsNullLogParametersAsAbsent() throws Exception {
        assertThat(parser.parse(leastWith("\"log_params\":null")).log()).isEqualTo(Log.ABSENT);
    }

    @Test
    void toleratesWhiteSpaceAroundTheObject() throws Exception {
        assertThat(parser.parse(utf8("\n\t " + ChangeText.LEAST + " \r\n")).timestamp())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"meta\":{}} | no timestamp",
                "{\"timestamp\":1} | no meta",
                "{} | no meta",
                "{\"timestamp\":\"1\",\"meta\":{}} | timestamp is a string, not an integer",
                "{\"timestamp\":1.5,\"meta\":{}} | timestamp is a number, not an integer",
                "{\"timestamp\":1e-1,\"meta\":{}} | timestamp is a number, not an integer",
                "{\"timestamp\":1e999999999999,\"meta\":{}} | timestamp is a number, not an integer",
                "{\"timestamp\":-1.0,\"meta\":{}} | timestamp is not in the years 1970 to 9999",
                "{\"timestamp\":1e12,\"meta\":{}} | timestamp is not in the years 1970 to 9999",
                "{\"timestamp\":null,\"meta\":{}} | timestamp is null, not an integer",
                "{\"timestamp\":[1],\"meta\":{}} | timestamp is an array, not an integer",
                "{\"timestamp\":true,\"meta\":{}} | timestamp is a boolean, not an integer",
                "{\"timestamp\":-1,\"meta\":{}} | timestamp is not in the years 1970 to 9999",
                "{\"timestamp\":253402300800,\"meta\":{}} | timestamp is not in the years 1970 to 9999",
                "{\"timestamp\":99999999999999999999,\"meta\":{}} | timestamp is not in the years 1970 to 9999",
                "{\"timestamp\":1,\"meta\":null} | meta is null, not an object",
                "{\"timestamp\":1,\"meta\":[{}]} | meta is an array, not an object",
                "[{\"timestamp\":1,\"meta\":{}}] | not a JSON object but an array",
                "12 | not a JSON object but a number",
                "null | not a JSON object but null",
                "{\"timestamp\":1,\"meta\":{}} {} | more than one JSON value",
                "{\"timestamp\":1,\"meta\":{} | not JSON: syntax error at byte 24",
                "{\"timestamp\":1,\"meta\":{}} x | not JSON: syntax error at byte 26",
                "nonsense | not JSON: syntax error at byte 0",
            })
    void saysWhyBytesAreNoChange(String json, String reason) {
        assertThatThrownBy(() -> parser.parse(utf8(json)))
                .isInstanceOf(MalformedChange.class)
                .hasMessage(reason);
    }

    @Test
    void acceptsTheLastTimestampThatItMay() throws Exception {
        assertThat(parser.parse(utf8("{\"timestamp\":253402300799,\"meta\":{}}")).timestamp())
                .isEqualTo(253_402_300_799L);
        assertThat(parser.parse(utf8("{\"timestamp\":0,\"meta\":{}}")).timestamp()).isZero();
    }

    @Test
    void rejectsWhatIsNotUtf8() {
        byte[] brokenText = leastWith("\"user\":\"?\"");
        brokenText[brokenText.length - 3] = (byte) 0xFF;
        assertMalformed(brokenText, "not UTF-8: wrong byte at 33");
        assertMalformed(new byte[] {(byte) 0xFE, (byte) 0xFF, 0, '{'}, "not UTF-8");
        assertMalformed(
                utf8("\uFEFF" + ChangeText.LEAST), "not a JSON object: starts with the byte 0xEF");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void rejectsOtherFormsOfUnicode(String charset) throws Exception {
        byte[] json =
                new String(leastWith("\"log_params\":[]"), StandardCharsets.UTF_8)
                        .getBytes(charset);
        assertMalformed(json, "not UTF-8");
    }

    /** Halves of surrogate pairs, overlong forms, code points above the last one, odd pieces. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eda080", "edbfbf", "eda0bdedb880", "c080", "c0a2", "c1bf", "e08080", "e09fbf",
                "f0808080", "f08fbfbf", "f4908080", "f5808080", "f888808080", "80", "c3", "e282"
            })
    void rejectsWhatOnlySomeDecodersTakeForCharacters(String hex) {
        String odd = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        for (String member : new String[] {"\"user\":\"%s\"", "\"%s\":1", "\"x\":[\"%s\"]"}) {
            byte[] json =
                    ("{\"timestamp\":1,\"meta\":{}," + member.formatted(odd) + "}")
                            .getBytes(StandardCharsets.ISO_8859_1);
            assertMalformed(json, "not UTF-8: wrong byte at");
        }
    }

    @Test
    void takesTheFirstAndLastCharacterOfEveryLength() throws Exception {
        String text = "\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF\uD800\uDC00\uDBFF\uDFFF";
        assertThat(parser.parse(leastWith("\"user\":\"" + text + "\"")).user()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0", "4.000", "4e0", "0.4E+1", "400e-2"})
    void takesANumberWithoutFractionForAnInteger(String json) throws Exception {
        WikiChange change =
                parser.parse(
                        leastWith(
                                "\"timestamp\":%1$s,\"namespace\":%1$s,\"log_id\":%1$s,\"id\":%1$s,\"length\":{\"old\":%1$s}"
                                        .formatted(json)));
        assertThat(change.timestamp()).isEqualTo(4);
        assertThat(change.namespace()).isEqualTo(4);
        assertThat(change.log().id()).isEqualTo(4);
        assertThat(change.id()).isEqualTo("4");
        assertThat(change.length()).isEqualTo(new OldAndNew(4L, null));
    }

    @Test
    void rejectsNothingAtAll() {
        assertMalformed(null, "empty");
        assertMalformed(new byte[0], "empty");
        assertMalformed(utf8("  \n"), "empty");
    }

    @Test
    void rejectsNestingWithoutEnd() {
        assertMalformed(
                leastWith("\"x\":" + "[".repeat(100_000)),
                "JSON beyond the limits of depth or length");
    }

    private void assertMalformed(byte[] json, String reason) {
        assertThatThrownBy(() -> parser.parse(json))
                .isInstanceOf(MalformedChange.class)
                .hasMessageStartingWith(reason);
    }
}
