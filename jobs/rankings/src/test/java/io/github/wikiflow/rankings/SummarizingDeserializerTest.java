package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.jobs.RawChange;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record's value is between the thread that fetches it and the task. */
class SummarizingDeserializerTest {

    private static final String EDIT =
            """
            {"meta":{"id":"m"},"type":"edit","title":"Caf\\u00e9 \\"1\\"","timestamp":1777629601,\
            "user":"Ann 😀","bot":true,"wiki":"frwiki"}""";

    private final SummarizingDeserializer deserializer = new SummarizingDeserializer();

    @Test
    void keepsTheSummaryAndTheOriginal() {
        Change change = change(deserialize(ByteBuffer.wrap(Samples.utf8(EDIT))));
        assertThat(change.summary())
                .isEqualTo(
                        ChangeSummary.of(
                                1_777_629_601L, "edit", "frwiki", "Café \"1\"", "Ann 😀", true));
        assertIsRecordOf(EDIT, change.raw());
    }

    @Test
    void knowsAbsentTextsFromEmptyOnes() {
        String json = "{\"meta\":{},\"timestamp\":0,\"user\":\"\"}";
        Change change = change(deserialize(ByteBuffer.wrap(Samples.utf8(json))));
        assertThat(change.summary()).isEqualTo(ChangeSummary.of(0, null, null, null, "", false));
        assertIsRecordOf(json, change.raw());
    }

    /** Kafka's client hands over parts of its own buffers. */
    @Test
    void readsTheBuffersPartOnly() {
        byte[] batch = Samples.utf8("{\"timestamp\":" + EDIT + "}");
        int start = "{\"timestamp\":".length();
        ByteBuffer within = ByteBuffer.wrap(batch, 4, batch.length - 4).slice();
        within.position(start - 4).limit(batch.length - 1 - 4);
        assertIsRecordOf(EDIT, change(deserialize(within)).raw());
    }

    @Test
    void readsBuffersWithoutAnArray() {
        byte[] json = Samples.utf8(EDIT);
        ByteBuffer direct = ByteBuffer.allocateDirect(json.length).put(json).flip();
        assertIsRecordOf(EDIT, change(deserialize(direct)).raw());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"meta\":{},\"timestamp\":1", "null"})
    void marksWhatIsMalformed(String json) {
        byte[] value = deserialize(ByteBuffer.wrap(Samples.utf8(json)));
        assertThat(SummarizedValue.isMalformed(value)).isTrue();
    }

    @Test
    void marksARecordWithoutValueAsMalformed() {
        assertThat(SummarizedValue.isMalformed(deserialize(null))).isTrue();
    }

    private byte[] deserialize(ByteBuffer json) {
        return deserializer.deserialize("wiki-changes", new RecordHeaders(), json);
    }

    private static Change change(byte[] value) {
        assertThat(SummarizedValue.isMalformed(value)).isFalse();
        return SummarizedValue.change(
                Samples.utf8("frwiki:Café"), value, 3, 300, 1_777_629_602_000L);
    }

    private static void assertIsRecordOf(String json, RawChange record) {
        assertThat(record.value()).isEqualTo(Samples.utf8(json));
        assertThat(record.key()).isEqualTo(Samples.utf8("frwiki:Café"));
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.offset()).isEqualTo(300);
        assertThat(record.timestamp()).isEqualTo(1_777_629_602_000L);
    }
}
