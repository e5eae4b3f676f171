package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.events.kafka.CopiedRecord;
import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.testing.OddChanges;
import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Whatever is on the topic of changes, each record is a row or a dead letter that Kafka takes. */
class OddChangesTest {

    private static final String TOPIC = "odd-changes";
    private static final Duration FUTURE_TOLERANCE = Duration.ofMinutes(1);

    /** What brokers and producers refuse to go beyond by default. */
    private static final int LARGEST_RECORD = 1 << 20;

    private final DeadLetterRecord records = new DeadLetterRecord("letters", TOPIC);

    @Test
    void everyRecordIsARowOrADeadLetter() throws Exception {
        Random random = new Random(Seed.draw());
        List<byte[]> samples = new ArrayList<>();
        for (GeneratedEvent event : new EventLog(Workload.clean()).events(0, 200)) {
            samples.add(event.json());
        }
        long time = Workload.clean().start().plus(Duration.ofHours(1)).toEpochMilli();
        int rows = 0;
        int letters = 0;
        OneInputStreamOperatorTestHarness<RawChange, EncodedRow> parse =
                new OneInputStreamOperatorTestHarness<>(
                        new ProcessOperator<>(
                                new ParseChanges(
                                        TOPIC, FUTURE_TOLERANCE, 1_000, Duration.ofMinutes(1))));
        try {
            parse.open();
            for (ConsumerRecord<byte[], byte[]> record :
                    OddChanges.records(TOPIC, samples, time, random)) {
                parse.processElement(
                        new RawChange(
                                record.key(),
                                record.value(),
                                record.partition(),
                                record.offset(),
                                record.timestamp()),
                        record.timestamp());
                if (isChange(record)) {
                    rows++;
                } else {
                    var letter = parse.getSideOutput(ParseChanges.DEAD_LETTERS).poll();
                    assertThat(letter).as("%s", record).isNotNull();
                    assertIsLetterOf(record, records.serialize(letter.getValue(), null, null));
                    letters++;
                }
                assertThat(parse.getOutput()).hasSize(rows);
            }
            assertThat(parse.getSideOutput(ParseChanges.DEAD_LETTERS)).isEmpty();
        } finally {
            parse.close();
        }
        assertThat(rows).isGreaterThan(samples.size());
        assertThat(letters).isGreaterThan(samples.size());
    }

    private static boolean isChange(ConsumerRecord<byte[], byte[]> record) {
        try {
            long seconds = new WikiChangeParser().parse(record.value()).timestamp();
            return seconds * 1_000 - record.timestamp() <= FUTURE_TOLERANCE.toMillis();
        } catch (MalformedChange e) {
            return false;
        }
    }

    /** As found, or the front of it with a note of how large it was. */
    private static void assertIsLetterOf(
            ConsumerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> letter) {
        assertThat(header(letter, DeadLetterHeaders.REASON)).isNotBlank().doesNotContain("\n");
        assertThat(header(letter, DeadLetterHeaders.SOURCE_OFFSET))
                .isEqualTo(Long.toString(record.offset()));
        byte[] value = record.value();
        if (value != null && value.length > LARGEST_RECORD) {
            assertThat(header(letter, CopiedRecord.ORIGINAL_BYTES))
                    .isEqualTo(Integer.toString(value.length));
            value = Arrays.copyOf(value, letter.value().length);
        }
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.key()).isEqualTo(record.key());
        assertThat(size(letter)).isLessThan(LARGEST_RECORD);
    }

    private static int size(ProducerRecord<byte[], byte[]> record) {
        int size = length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += header.key().length() + length(header.value());
        }
        return size;
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
