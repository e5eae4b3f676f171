package io.github.wikiflow.archive.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.S3Server;
import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.Folders;
import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private static final Epoch EPOCH = new Epoch("cafe", 1, 0, "abc");
    private static final byte[] CONTENT = "rows".getBytes(StandardCharsets.UTF_8);

    @RegisterExtension static final S3Server S3 = new S3Server();

    @Test
    void movesSeveralFilesAtOnce() throws Exception {
        Path lake = new Path(S3Server.uri("lake"));
        FileSystem store = lake.getFileSystem();
        new LakeHeads(lake).write(LakeHead.NONE.begin(EPOCH.run()));
        List<String> targets = stage(store, lake);
        S3.slowDown(Duration.ofMillis(REQUEST_MILLIS));
        int requestsBefore = S3.requests();
        long start = System.nanoTime();

        LakeCommitter committer =
                new LakeCommitter(store, lake, EPOCH.run(), new UnregisteredMetricsGroup());
        committer.commit(List.of(new CountingRequest(new StagedEpoch(EPOCH, FILES))));

        System.out.printf(
                "%d files moved in %d ms by %d requests%n",
                FILES, (System.nanoTime() - start) / 1_000_000, S3.requests() - requestsBefore);
        committer.close();
        assertThat(S3.mostCopiesAtOnce()).isBetween(2, LakeCommitter.MOVES_AT_ONCE);
        assertThat(S3.keys("lake").stream().filter(key -> key.endsWith(".parquet")))
                .containsExactlyInAnyOrderElementsOf(targets);
        assertThat(S3.keys("lake/.staging")).isEmpty();
    }

    private static List<String> stage(FileSystem store, Path lake) throws Exception {
        List<String> targets = new ArrayList<>();
        Manifest.Output manifest =
                new Manifest.Output(store, new Path(lake, EPOCH.stagedManifest()));
        for (int number = 0; number < FILES; number++) {
            String target = "day=1/server=%d/%d-2.parquet".formatted(number, number);
            Folders.write(
                    store,
                    new Path(lake, EPOCH.stagedFile(number)),
                    CONTENT,
                    FileSystem.WriteMode.NO_OVERWRITE);
            manifest.add(new Manifest.Entry(target, CONTENT.length, 2));
            targets.add("lake/" + target);
        }
        manifest.finish();
        return targets;
    }
}
