package io.github.wikiflow.rankings.change;

import java.time.Duration;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes changes of the records that {@link SummarizingDeserializer} has parsed, so that what is
 * malformed or comes from the future is gone before event time is taken from it: it is counted here
 * and kept as a dead letter by the archive.
 */
public final class ChangeDeserializer implements KafkaRecordDeserializationSchema<Change> {

    public static final String MALFORMED = "malformed";
    public static final String REJECTED_FUTURE = "rejected-future";

    private static final long serialVersionUID = 1L;

    private final long futureToleranceMillis;
    private transient Counter malformed;
    private transient Counter rejectedFuture;

    /**
     * @param futureTolerance how far a change's time may lie after its record's
     */
    public ChangeDeserializer(Duration futureTolerance) {
        this.futureToleranceMillis = futureTolerance.toMillis();
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        malformed = context.getMetricGroup().counter(MALFORMED);
        rejectedFuture = context.getMetricGroup().counter(REJECTED_FUTURE);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Change> out) {
        FetchedChange parsed = FetchedChange.of(record.headers());
        if (parsed == null) {
            malformed.inc();
            return;
        }
        Change change =
                new Change(
                        record.key(),
                        parsed.original(),
                        record.partition(),
                        record.offset(),
                        record.timestamp(),
                        parsed.summary());
        if (change.eventTime() > change.recordTime() + futureToleranceMillis) {
            rejectedFuture.inc();
            return;
        }
        out.collect(change);
    }

    @Override
    public TypeInformation<Change> getProducedType() {
        return ChangeSerializer.TYPE;
    }
}
