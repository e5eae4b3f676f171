package io.github.wikiflow.rankings.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.testing.OddChanges;
import io.github.wikiflow.testing.Seed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a record once {@link SummarizingDeserializer} has seen its value. */
class ChangeDeserializerTest {

    private static final long SECOND = 1_777_629_600L;
    private static final byte[] KEY = Samples.utf8("frwiki:Café");

    private final Map<String, Counter> counters = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final ChangeDeserializer deserializer = new ChangeDeserializer(Duration.ofSeconds(60));

    @BeforeEach
    void open() {
        deserializer.open(
                new DeserializationSchema.InitializationContext() {
                    @Override
                    public MetricGroup getMetricGroup() {
                        return new UnregisteredMetricsGroup() {
                            @Override
                            public Counter counter(String name) {
                                Counter counter = super.counter(name);
                                counters.put(name, counter);
                                return counter;
                            }
                        };
                    }

                    @Override
                    public UserCodeClassLoader getUserCodeClassLoader() {
                        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
                    }
                });
    }

    @Test
    void makesAChangeThatKnowsItsRecord() {
        String json = edit(SECOND);
        deserialize(json);

        assertThat(changes).hasSize(1);
        Change change = changes.get(0);
        assertThat(change.eventTime()).isEqualTo(SECOND * 1000);
        assertThat(change.summary().user()).hasToString("Ann");
        RawChange record = change.raw();
        assertThat(record.key()).isEqualTo(KEY);
        assertThat(record.value()).isEqualTo(Samples.utf8(json));
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.offset()).isEqualTo(300);
        assertThat(record.timestamp()).isEqualTo(SECOND * 1000);
        assertCounted(0, 0);
    }

    @Test
    void countsWhatIsMalformed() {
        deserialize("{\"meta\":{},\"timestamp\":1");
        deserialize(null);
        assertThat(changes).isEmpty();
        assertCounted(2, 0);
    }

    @Test
    void rejectsWhatIsFurtherInTheFutureThanTolerated() {
        deserialize(edit(SECOND + 60));
        assertThat(changes).hasSize(1);
        assertCounted(0, 0);
        deserialize(edit(SECOND + 61));
        assertThat(changes).hasSize(1);
        assertCounted(0, 1);
    }

    /** And a change that comes too late makes a record that Kafka takes. */
    @Test
    void takesOfOddRecordsForAChangeWhatTheFullParserDoes() throws Exception {
        List<byte[]> samples = new ArrayList<>();
        for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, 200)) {
            samples.add(event.json());
        }
        long time = Workload.clean().start().plus(Duration.ofHours(1)).toEpochMilli();
        LateChangeRecords late = new LateChangeRecords("late");
        int rejected = 0;
        for (ConsumerRecord<byte[], byte[]> record :
                OddChanges.records("changes", samples, time, new Random(Seed.draw()))) {
            int before = changes.size();
            byte[] value = record.value();
            new SummarizingDeserializer()
                    .deserialize(
                            "changes",
                            record.headers(),
                            value == null ? null : ByteBuffer.wrap(value));
            deserializer.deserialize(record, new ListCollector<>(changes));
            if (!isChange(record)) {
                assertThat(changes).hasSize(before);
                rejected++;
                continue;
            }
            assertThat(changes).hasSize(before + 1);
            RawChange raw = changes.get(before).raw();
            assertThat(raw.value()).isEqualTo(record.value());
            assertThat(late.serialize(new LateChange(raw, 0, 1, 2), null, null).value())
                    .hasSizeLessThan(1 << 20);
        }
        assertThat(changes).hasSizeGreaterThan(samples.size());
        assertThat(
                        counters.get(ChangeDeserializer.MALFORMED).getCount()
                                + counters.get(ChangeDeserializer.REJECTED_FUTURE).getCount())
                .isEqualTo(rejected);
    }

    private static boolean isChange(ConsumerRecord<byte[], byte[]> record) {
        try {
            long seconds = new WikiChangeParser().parse(record.value()).timestamp();
            return seconds * 1_000 - record.timestamp() <= 60_000;
        } catch (MalformedChange e) {
            return false;
        }
    }

    private static String edit(long second) {
        return "{\"meta\":{},\"type\":\"edit\",\"timestamp\":%d,\"user\":\"Ann\"}"
                .formatted(second);
    }

    /** As the consumer and Flink's source do in turn. */
    private void deserialize(String json) {
        RecordHeaders headers = new RecordHeaders();
        ByteBuffer stored = json == null ? null : ByteBuffer.wrap(Samples.utf8(json));
        byte[] value = new SummarizingDeserializer().deserialize("wiki-changes", headers, stored);
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>(
                        "wiki-changes",
                        3,
                        300,
                        SECOND * 1000,
                        TimestampType.CREATE_TIME,
                        KEY.length,
                        value.length,
                        KEY,
                        value,
                        headers,
                        Optional.empty());
        deserializer.deserialize(record, new ListCollector<>(changes));
    }

    private void assertCounted(long malformed, long rejectedFuture) {
        assertThat(counters.get(ChangeDeserializer.MALFORMED).getCount()).isEqualTo(malformed);
        assertThat(counters.get(ChangeDeserializer.REJECTED_FUTURE).getCount())
                .isEqualTo(rejectedFuture);
    }
}
