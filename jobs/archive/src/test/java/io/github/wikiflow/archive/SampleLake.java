package io.github.wikiflow.archive;

import io.github.wikiflow.archive.row.EncodedRow;
import io.github.wikiflow.archive.row.RowEncoder;
import io.github.wikiflow.events.change.ChangeField;
import io.github.wikiflow.events.change.ChangeReader;
import io.github.wikiflow.events.change.ChangeValues;
import io.github.wikiflow.events.change.MalformedChange;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.lake.LakeFileWriter;
import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small lake of generated events, made without a cluster. */
public final class SampleLake {

    private SampleLake() {}

    /** Writes 500 events with some repeats, one file each. */
    public static void writeEvents(Path lake) throws IOException, MalformedChange {
        Workload workload = Workload.builder().share(EventKind.DUPLICATE, 0.05).build();
        for (GeneratedEvent event : new EventLog(workload).events(0, 500)) {
            write(
                    lake,
                    new RawChange(event.key(), event.json(), 0, event.index(), event.recordTime()),
                    Compression.ZSTD);
        }
    }

    /** Writes one event as a file of its own, where the archive would put it. */
    public static void write(Path lake, RawChange record, Compression compression)
            throws IOException, MalformedChange {
        ChangeValues change = new ChangeReader().read(record.value());
        LakePartition partition =
                LakePartition.of(
                        change.timestamp(), change.text(ChangeField.SERVER_NAME).toString());
        Path folder = Files.createDirectories(lake.resolve(partition.folder()));
        try (LakeFileWriter writer = new LakeFileWriter(compression, 3)) {
            writer.open();
            writer.add(new RowEncoder("topic").encode(record, change), 0);
            Files.write(
                    folder.resolve("%d-%s.parquet".formatted(record.offset(), compression)),
                    writer.finish());
        }
    }

    /** A row for each offset, of three servers, all of the first of January 1970. */
    public static List<EncodedRow> rows(long from, long to) throws MalformedChange {
        List<EncodedRow> rows = new ArrayList<>();
        RowEncoder encoder = new RowEncoder("topic");
        for (long offset = from; offset < to; offset++) {
            RawChange record = of("\"a\"", offset);
            byte[] bytes = encoder.encode(record, new ChangeReader().read(record.value()));
            int server = (int) (offset % 3);
            rows.add(new EncodedRow(server, 0, "a ü %41+" + server, bytes));
        }
        return rows;
    }

    /** An event of a server, and nothing else. */
    public static RawChange of(String serverNameJson, long offset) {
        String json = "{\"meta\":{},\"timestamp\":7,\"server_name\":" + serverNameJson + "}";
        return new RawChange(null, json.getBytes(StandardCharsets.UTF_8), 0, offset, 8_000);
    }
}
