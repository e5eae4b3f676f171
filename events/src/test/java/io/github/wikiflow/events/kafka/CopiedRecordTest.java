package io.github.wikiflow.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class CopiedRecordTest {

    @Test
    void copiesWhatFits() {
        byte[] key = new byte[100_000];
        byte[] value = new byte[900_000];
        ProducerRecord<byte[], byte[]> record = CopiedRecord.of("t", key, value);
        assertThat(record.key()).isSameAs(key);
        assertThat(record.value()).isSameAs(value);
        assertThat(record.headers()).isEmpty();

        ProducerRecord<byte[], byte[]> nothing = CopiedRecord.of("t", null, null);
        assertThat(nothing.key()).isNull();
        assertThat(nothing.value()).isNull();
    }

    @Test
    void keepsTheFrontOfWhatIsTooLargeAndSaysHowLargeItWas() {
        byte[] value = "ab".repeat(500_001).getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> record = CopiedRecord.of("t", null, value);
        assertThat(record.key()).isNull();
        assertThat(record.value()).hasSize(65_536).startsWith('a', 'b', 'a');
        assertThat(header(record, CopiedRecord.ORIGINAL_BYTES)).isEqualTo("1000002");
        assertThat(record.headers().lastHeader(CopiedRecord.ORIGINAL_KEY_BYTES)).isNull();

        ProducerRecord<byte[], byte[]> longKey = CopiedRecord.of("t", value, new byte[] {1});
        assertThat(longKey.key()).hasSize(65_536);
        assertThat(longKey.value()).containsExactly(1);
        assertThat(header(longKey, CopiedRecord.ORIGINAL_KEY_BYTES)).isEqualTo("1000002");
        assertThat(longKey.headers().lastHeader(CopiedRecord.ORIGINAL_BYTES)).isNull();
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
