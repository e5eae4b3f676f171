package io.github.wikiflow.faults.check;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Records that the attack itself has put into a topic, which it knows again by a header. */
public final class Strangers {

    /** The header of each. */
    public static final Header MARK = new RecordHeader("wikiflow-attack", new byte[0]);

    private Strangers() {}

    /** Whether the attack has written the record. */
    static boolean wrote(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(MARK.key()) != null;
    }

    /** The others. */
    static List<ConsumerRecord<byte[], byte[]>> without(
            List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().filter(record -> !wrote(record)).toList();
    }
}
