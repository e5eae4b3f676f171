package io.github.wikiflow.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A topic of changes as nobody should write it: changes, odd ones, noise and nothing at all. */
public final class OddChanges {

    private static final int PARTITIONS = 2;
    private static final int MUTATIONS = 2_000;
    private static final int LARGE = 10_000_000;

    private static final Mutations MUTATED =
            new Mutations(
                    List.of(
                            "{}",
                            "null",
                            "[",
                            "]",
                            "\"",
                            "\\ud800",
                            "\\u0000",
                            "9",
                            "1e9",
                            ".0",
                            "-1",
                            "99999999999",
                            "\"meta\":{},",
                            "\"server_name\":\"../..\","));

    private OddChanges() {}

    /**
     * The records of such a topic.
     *
     * @param samples changes, of which the odd ones are made
     * @param recordTime of all records, epoch milliseconds
     */
    public static List<ConsumerRecord<byte[], byte[]>> records(
            String topic, List<byte[]> samples, long recordTime, Random random) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (byte[] value : values(samples, random)) {
            byte[] key = key(random);
            Headers headers = new RecordHeaders();
            if (random.nextInt(4) == 0) {
                headers.add("", null)
                        .add("parsed-change", key)
                        .add("reason", new byte[] {-1})
                        .add("reason", null);
            }
            records.add(
                    new ConsumerRecord<>(
                            topic,
                            random.nextInt(PARTITIONS),
                            records.size(),
                            recordTime,
                            TimestampType.CREATE_TIME,
                            ConsumerRecord.NULL_SIZE,
                            ConsumerRecord.NULL_SIZE,
                            key,
                            value,
                            headers,
                            Optional.empty()));
        }
        return records;
    }

    private static byte[] key(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> new byte[0];
            case 2 -> {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                yield noise;
            }
            default -> ("enwiki:" + random.nextInt()).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static List<byte[]> values(List<byte[]> samples, Random random) {
        List<byte[]> values = new ArrayList<>();
        for (int nothing = 0; nothing < 4; nothing++) {
            values.add(null);
        }
        for (String odd : List.of("", " ", "{}", "null", "[]", "\"meta\"", "0", "{\"meta\":{}}")) {
            values.add(odd.getBytes(StandardCharsets.UTF_8));
        }
        byte[] noise = new byte[LARGE];
        random.nextBytes(noise);
        values.add(noise);
        values.add("[".repeat(LARGE).getBytes(StandardCharsets.UTF_8));
        values.add(withLargeComment(samples.get(0)));
        values.addAll(samples);
        for (int i = 0; i < MUTATIONS; i++) {
            values.add(MUTATED.of(samples.get(random.nextInt(samples.size())), random));
        }
        // For the rankings it comes too late.
        String large = new String(withLargeComment(samples.get(0)), StandardCharsets.UTF_8);
        values.add(
                large.replaceFirst("\"timestamp\":[0-9]+", "\"timestamp\":1000")
                        .getBytes(StandardCharsets.UTF_8));
        return values;
    }

    /** A change still, as large as a record may be. */
    private static byte[] withLargeComment(byte[] change) {
        String json = new String(change, StandardCharsets.UTF_8);
        return json.replaceFirst("\\{", "{\"comment\":\"" + "x".repeat(LARGE) + "\",")
                .getBytes(StandardCharsets.UTF_8);
    }
}
