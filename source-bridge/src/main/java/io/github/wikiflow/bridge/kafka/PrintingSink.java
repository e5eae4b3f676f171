package io.github.wikiflow.bridge.kafka;

import java.io.PrintStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** For a dry run: prints what would be written as events, one a line, and keeps nothing. */
final class PrintingSink implements BatchSink {

    private final EventRecords records;
    private final PrintStream out;
    private final ForwardActivity activity;

    PrintingSink(EventRecords records, PrintStream out, ForwardActivity activity) {
        this.records = records;
        this.out = out;
        this.activity = activity;
    }

    @Override
    public void commit(Batch batch) {
        activity.begun();
        for (ProducerRecord<byte[], byte[]> record : batch.records()) {
            if (records.isChange(record)) {
                out.writeBytes(record.value());
                out.println();
            }
        }
        out.flush();
        activity.committed(batch);
    }

    @Override
    public void close() {
        out.flush();
    }
}
