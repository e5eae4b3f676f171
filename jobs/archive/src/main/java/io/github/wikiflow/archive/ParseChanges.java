package io.github.wikiflow.archive;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.archive.row.RowEncoder;
import io.github.wikiflow.events.change.ChangeField;
import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.events.change.ChangeValues;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.LakePartition;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Parses each change into a row of the lake. What is no change, or claims to come from the future,
 * leaves as a dead letter: the job never fails on data.
 */
public final class ParseChanges extends ProcessFunction<RawChange, EncodedRow> {

    private static final long serialVersionUID = 1L;

    /** Where the dead letters leave. */
    public static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters") {
                private static final long serialVersionUID = 1L;
            };

    private static final long MILLIS_PER_SECOND = 1_000;

    private final String topic;
    private final long futureToleranceMillis;
    private final int fileRows;
    private final Duration fileInterval;
    private final PartitionLanes.NanoClock clock;

    private transient ChangeReader reader;
    private transient RowEncoder encoder;
    private transient PartitionLanes lanes;
    private transient Counter deadLetters;

    /**
     * @param topic where the records come from
     * @param futureTolerance how far a change's timestamp may lie after its record's time
     * @param fileRows how many rows a file has at most
     * @param fileInterval in which a partition's rows shall share a file
     */
    public ParseChanges(
            String topic, Duration futureTolerance, int fileRows, Duration fileInterval) {
        this(topic, futureTolerance, fileRows, fileInterval, System::nanoTime);
    }

    ParseChanges(
            String topic,
            Duration futureTolerance,
            int fileRows,
            Duration fileInterval,
            PartitionLanes.NanoClock clock) {
        this.clock = clock;
        this.topic = topic;
        this.futureToleranceMillis = futureTolerance.toMillis();
        this.fileRows = fileRows;
        this.fileInterval = fileInterval;
    }

    @Override
    public void open(OpenContext context) {
        reader = new ChangeReader();
        encoder = new RowEncoder(topic);
        lanes = new PartitionLanes(fileRows, fileInterval.toNanos(), clock);
        deadLetters = getRuntimeContext().getMetricGroup().counter("dead-letters");
    }

    @Override
    public void processElement(RawChange record, Context context, Collector<EncodedRow> out) {
        ChangeValues change;
        try {
            change = reader.read(record.value());
        } catch (MalformedChange e) {
            reject(record, e.getMessage(), context);
            return;
        }
        long ahead = change.timestamp() * MILLIS_PER_SECOND - record.timestamp();
        if (ahead > futureToleranceMillis) {
            reject(
                    record,
                    "timestamp is %d ms after the Kafka record time, more than the tolerance of %d ms"
                            .formatted(ahead, futureToleranceMillis),
                    context);
            return;
        }
        Utf8 serverName = change.text(ChangeField.SERVER_NAME);
        LakePartition partition =
                LakePartition.of(
                        change.timestamp(), serverName == null ? null : serverName.toString());
        out.collect(
                new EncodedRow(
                        lanes.key(partition),
                        partition.epochDay(),
                        partition.serverName(),
                        encoder.encode(record, change)));
    }

    private void reject(RawChange record, String reason, Context context) {
        deadLetters.inc();
        context.output(DEAD_LETTERS, new DeadLetter(record, reason));
    }
}
