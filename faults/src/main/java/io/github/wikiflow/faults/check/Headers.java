package io.github.wikiflow.faults.check;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads the headers that say where a record comes from. */
final class Headers {

    private Headers() {}

    /** The last header of that name as a decimal number; null without. */
    static @Nullable Long number(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null
                ? null
                : Long.valueOf(new String(header.value(), StandardCharsets.UTF_8));
    }
}
