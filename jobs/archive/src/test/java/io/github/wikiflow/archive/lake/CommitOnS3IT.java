package io.github.wikiflow.archive.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.S3Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The commit of a checkpoint with many files on an S3 server that is not next door. Prints how long
 * it takes, for the figures in {@code docs/lake-on-object-stores.md}.
 */
class CommitOnS3IT {

    private static final int FILES = Integer.getInteger("archive.files", 40);
    private static final int REQUEST_MILLIS = Integer.getInteger("archive.request-millis", 10);
    private static final byte[] CONTENT = "rows".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension static final S3Server S3 = new S3Server();

    @Test
    void movesSeveralFilesAtOnce() throws Exception {
        Path lake = new Path(S3Server.uri("lake"));
        FileSystem store = lake.getFileSystem();
        List<CommitRequest<StagedFile>> requests = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            requests.add(new OneCommit(stage(store, lake, i)));
        }
        S3.slowDown(Duration.ofMillis(REQUEST_MILLIS));
        int requestsBefore = S3.requests();
        long start = System.nanoTime();

        LakeCommitter committer =
                new LakeCommitter(
                        store,
                        lake,
                        new Path(lake, ".staging/job-0"),
                        new UnregisteredMetricsGroup());
        committer.commit(requests);

        System.out.printf(
                "%d files moved in %d ms by %d requests%n",
                FILES, (System.nanoTime() - start) / 1_000_000, S3.requests() - requestsBefore);
        committer.close();
        assertThat(S3.mostCopiesAtOnce()).isBetween(2, LakeCommitter.MOVES_AT_ONCE);
        assertThat(S3.keys("lake"))
                .containsExactlyInAnyOrderElementsOf(
                        requests.stream()
                                .map(request -> "lake/" + request.getCommittable().target())
                                .toList());
    }

    private static StagedFile stage(FileSystem store, Path lake, int number) throws Exception {
        StagedFile file =
                new StagedFile(
                        ".staging/job-0/1-%d.inprogress".formatted(number),
                        "day=1/server=%d/%d-2.parquet".formatted(number, number),
                        CONTENT.length,
                        2);
        try (FSDataOutputStream out =
                store.create(new Path(lake, file.staged()), FileSystem.WriteMode.NO_OVERWRITE)) {
            out.write(CONTENT);
        }
        return file;
    }
}
