package io.github.wikiflow.benchmarks.parquetjava;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/**
 * One thread that parses what it reads, with the archive's parser, and writes it with Parquet's own
 * writers, which stay open until the end: into one file, or with the option {@code partitioned}
 * into one for each partition of the lake. No commit, no recovery.
 */
public final class ParquetWriting {

    private static final String PARTITIONED = "partitioned";

    private final Task task;
    private final boolean partitioned;
    private final WikiChangeParser parser = new WikiChangeParser();
    private final Map<Path, ParquetWriter<Row>> writers = new HashMap<>();

    private ParquetWriting(Task task) {
        this.task = task;
        partitioned = task.options().contains(PARTITIONED);
    }

    public static void main(String[] arguments) throws Exception {
        Task task = Task.of(arguments);
        ParquetWriting writing = new ParquetWriting(task);
        Report.settings(Map.of("consumers", "1", "compression", "zstd"));
        Report.measurement(Measurement.ofWork(task.events(), writing::run));
    }

    private void run() throws IOException, MalformedChange {
        List<TopicPartition> partitions =
                IntStream.range(0, task.partitions())
                        .mapToObj(partition -> new TopicPartition(task.topic(), partition))
                        .toList();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", task.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long read = 0;
            while (read < task.events()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    write(new Row(record, parser.parse(record.value())));
                    read++;
                }
            }
        }
        for (ParquetWriter<Row> writer : writers.values()) {
            writer.close();
        }
    }

    private void write(Row row) throws IOException {
        Path folder = partitioned ? partition(row.change()) : task.lake();
        ParquetWriter<Row> writer = writers.get(folder);
        if (writer == null) {
            Files.createDirectories(folder);
            writer =
                    new PartitionFile(new LocalOutputFile(folder.resolve("0.parquet")))
                            .withCompressionCodec(CompressionCodecName.ZSTD)
                            .build();
            writers.put(folder, writer);
        }
        writer.write(row);
    }

    private Path partition(WikiChange change) {
        Instant changed = Instant.ofEpochSecond(change.timestamp());
        return task.lake()
                .resolve("change_timestamp_date=" + changed.atOffset(ZoneOffset.UTC).toLocalDate())
                .resolve("server_name=" + change.serverName());
    }
}
