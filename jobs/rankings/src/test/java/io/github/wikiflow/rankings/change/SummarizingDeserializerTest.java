package io.github.wikiflow.rankings.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.rankings.Samples;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a record carries from the thread that fetches it to the task. */
class SummarizingDeserializerTest {

    private static final String EDIT =
            """
            {"meta":{"id":"m"},"type":"edit","title":"Caf\\u00e9 \\"1\\"","timestamp":1777629601,\
            "user":"Ann 😀","bot":true,"wiki":"frwiki"}""";

    private final SummarizingDeserializer deserializer = new SummarizingDeserializer();

    @Test
    void keepsTheSummaryAndTheOriginal() {
        FetchedChange change = deserialize(ByteBuffer.wrap(Samples.utf8(EDIT)));
        assertThat(change.summary())
                .isEqualTo(
                        ChangeSummary.of(
                                1_777_629_601L, "edit", "frwiki", "Café \"1\"", "Ann 😀", true));
        assertThat(change.value()).isEqualTo(Samples.utf8(EDIT));
    }

    @Test
    void knowsAbsentTextsFromEmptyOnes() {
        String json = "{\"meta\":{},\"timestamp\":0,\"user\":\"\"}";
        FetchedChange change = deserialize(ByteBuffer.wrap(Samples.utf8(json)));
        assertThat(change.summary()).isEqualTo(ChangeSummary.of(0, null, null, null, "", false));
        assertThat(change.value()).isEqualTo(Samples.utf8(json));
    }

    /** Kafka's client hands over parts of its own buffers. */
    @Test
    void readsTheBuffersPartOnly() {
        byte[] batch = Samples.utf8("{\"timestamp\":" + EDIT + "}");
        int start = "{\"timestamp\":".length();
        ByteBuffer within = ByteBuffer.wrap(batch, 4, batch.length - 4).slice();
        within.position(start - 4).limit(batch.length - 1 - 4);
        assertThat(deserialize(within).value()).isEqualTo(Samples.utf8(EDIT));
    }

    @Test
    void readsBuffersWithoutAnArray() {
        byte[] json = Samples.utf8(EDIT);
        ByteBuffer direct = ByteBuffer.allocateDirect(json.length).put(json).flip();
        assertThat(deserialize(direct).value()).isEqualTo(Samples.utf8(EDIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"meta\":{},\"timestamp\":1", "null"})
    void addsNothingForWhatIsMalformed(String json) {
        assertThat(deserialize(ByteBuffer.wrap(Samples.utf8(json)))).isNull();
    }

    @Test
    void addsNothingForARecordWithoutValue() {
        assertThat(deserialize(null)).isNull();
    }

    /** Anybody may have written a header of the same name. */
    @Test
    void takesNoOtherHeaderForAChange() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("parsed-change", Samples.utf8(EDIT));
        deserializer.deserialize("wiki-changes", headers, ByteBuffer.wrap(Samples.utf8("{}")));
        assertThat(FetchedChange.of(headers)).isNull();
        deserializer.deserialize("wiki-changes", headers, ByteBuffer.wrap(Samples.utf8(EDIT)));
        assertThat(FetchedChange.of(headers).value()).isEqualTo(Samples.utf8(EDIT));
    }

    private FetchedChange deserialize(ByteBuffer json) {
        RecordHeaders headers = new RecordHeaders();
        deserializer.deserialize("wiki-changes", headers, json);
        return FetchedChange.of(headers);
    }
}
