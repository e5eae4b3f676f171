package io.github.wikiflow.archive.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.Manifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits on file systems that rename at once, and on those that copy and then delete. */
class LakeCommitterTest {

    private static final String CONTENT = "rows";
    private static final String RUN = "cafe";
    private static final Epoch EPOCH = new Epoch(RUN, 1, 0, "abc");
    private static final Manifest.Entry FILE =
            new Manifest.Entry("day=1/server=a/a-2.parquet", 4, 2);
    private static final String STAGED = EPOCH.stagedFile(0);

    @TempDir private Path lake;

    private final Counter gone = new SimpleCounter();
    private final CopyingFileSystem store = new CopyingFileSystem();
    private final List<Manifest.Entry> entries = new ArrayList<>();

    @BeforeEach
    void stage() throws IOException {
        LakeHeads heads = new LakeHeads(path(lake));
        heads.write(LakeHead.NONE.begin(RUN));
        stage(FILE);
        writeManifest();
    }

    private void stage(Manifest.Entry entry) throws IOException {
        Path staged = lake.resolve(EPOCH.stagedFile(entries.size()));
        Files.createDirectories(staged.getParent());
        Files.writeString(staged, CONTENT);
        entries.add(entry);
    }

    private void writeManifest() throws IOException {
        Files.deleteIfExists(lake.resolve(EPOCH.stagedManifest()));
        try (Manifest.Output manifest =
                new Manifest.Output(
                        new LocalFileSystem(), path(lake.resolve(EPOCH.stagedManifest())))) {
            for (Manifest.Entry entry : entries) {
                manifest.add(entry);
            }
            manifest.finish();
        }
    }

    @Test
    void movesAFileToItsPartition() throws IOException {
        assertThat(commit(new LocalFileSystem())).isFalse();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void doesNothingTheSecondTime() throws IOException {
        commit(new LocalFileSystem());
        assertThat(commit(new LocalFileSystem())).isTrue();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void movesAFileByCopyAndDeletion() throws IOException {
        assertThat(commit(store)).isFalse();
        assertThat(commit(store)).isTrue();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void completesAMoveThatStoppedAfterItsCopy() throws IOException {
        store.deletionsToRefuse = 1;
        assertThat(commit(store)).isFalse();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void completesAMoveThatAnEarlierProcessLeftAfterItsCopy() throws IOException {
        store.deletionsToRefuse = 2;
        assertThatThrownBy(() -> commit(store)).isInstanceOf(IOException.class);
        assertThat(files()).containsExactlyInAnyOrder(STAGED, FILE.path());
        assertThat(commit(store)).isFalse();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void triesASecondTimeWhenNothingWasCopied() throws IOException {
        store.copiesToRefuse = 1;
        assertThat(commit(store)).isFalse();
        assertOnlyTheTargetIsThere();
    }

    @Test
    void failsWhenAFileCannotBeMoved() {
        store.copiesToRefuse = 2;
        assertThatThrownBy(() -> commit(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot move")
                .hasMessageContaining(FILE.path());
    }

    @Test
    void goesOnWithoutAFileThatSomebodyHasDeleted() throws IOException {
        stage(new Manifest.Entry("day=1/server=b/b-2.parquet", 4, 2));
        writeManifest();
        Files.delete(lake.resolve(STAGED));
        assertThat(commit(store)).isFalse();
        assertThat(files()).containsExactly("day=1/server=b/b-2.parquet");
        assertThat(gone.getCount()).isEqualTo(1);
    }

    @Test
    void goesOnWithoutAllThatSomebodyHasDeleted() throws IOException {
        new LocalFileSystem().delete(path(lake.resolve(EPOCH.folder())), true);
        assertThat(commit(store)).isTrue();
        assertThat(files()).isEmpty();
        assertThat(gone.getCount()).isEqualTo(1);
    }

    @Test
    void doesNotMissWhatIsGoneAfterItsCommit() throws IOException {
        commit(store);
        Files.delete(lake.resolve(FILE.path()));
        assertThat(commit(store)).isTrue();
        assertThat(gone.getCount()).isZero();
    }

    @Test
    void failsWhenAManifestWasNotFinished() throws IOException {
        Files.writeString(lake.resolve(EPOCH.stagedManifest()), FILE.path() + "\t4\t2\n");
        assertThatThrownBy(() -> commit(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("manifest has no end");
    }

    @Test
    void failsWhenAFileHasLostItsEnd() throws IOException {
        Files.writeString(lake.resolve(STAGED), "row");
        assertThatThrownBy(() -> commit(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 3 bytes and not the 4");
        assertThat(lake.resolve(STAGED)).exists();
        assertThat(lake.resolve(FILE.path())).doesNotExist();
    }

    @Test
    void movesSeveralFilesOfAStoreAtOnce() throws IOException {
        for (int i = 1; i < 2 * LakeCommitter.MOVES_AT_ONCE; i++) {
            stage(new Manifest.Entry("day=1/server=%d/b-2.parquet".formatted(i), 4, 2));
        }
        writeManifest();
        store.meeting = new CyclicBarrier(LakeCommitter.MOVES_AT_ONCE);
        assertThat(commit(store)).isFalse();
        assertThat(store.meeting.isBroken()).isFalse();
        assertThat(files()).hasSize(2 * LakeCommitter.MOVES_AT_ONCE);
    }

    /** Commits the epoch in a new process, and returns whether that had been done before. */
    private boolean commit(FileSystem fileSystem) throws IOException {
        CountingRequest request = new CountingRequest(new StagedEpoch(EPOCH, entries.size()));
        LakeCommitter committer = new LakeCommitter(fileSystem, path(lake), RUN, metrics());
        try {
            committer.commit(List.of(request));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        } finally {
            committer.close();
        }
        return request.wasCommitted();
    }

    private MetricGroup metrics() {
        return new UnregisteredMetricsGroup() {
            @Override
            public Counter counter(String name) {
                return name.equals("files-gone") ? gone : super.counter(name);
            }
        };
    }

    private void assertOnlyTheTargetIsThere() throws IOException {
        assertThat(files()).containsExactly(FILE.path());
        assertThat(lake.resolve(FILE.path())).hasContent(CONTENT);
        assertThat(lake.resolve(EPOCH.folder())).doesNotExist();
    }

    /** All but what the lake knows of itself. */
    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(lake)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> lake.relativize(path).toString())
                    .filter(path -> !path.startsWith(LakeHeads.HIDDEN_FOLDER))
                    .filter(path -> !path.endsWith("manifest"))
                    .toList();
        }
    }

    private static org.apache.flink.core.fs.Path path(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }

    /** A local folder that renames as an object store does. */
    private static final class CopyingFileSystem extends LocalFileSystem {
        private int copiesToRefuse;
        private int deletionsToRefuse;
        private CyclicBarrier meeting;

        @Override
        public boolean isDistributedFS() {
            return true;
        }

        @Override
        public boolean rename(org.apache.flink.core.fs.Path from, org.apache.flink.core.fs.Path to)
                throws IOException {
            if (meeting != null && to.getName().endsWith(".parquet")) {
                meet();
            }
            if (copiesToRefuse > 0) {
                copiesToRefuse--;
                return false;
            }
            Path target = Path.of(to.getPath());
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(to.getPath());
            }
            Files.createDirectories(target.getParent());
            Files.copy(Path.of(from.getPath()), target);
            delete(from, false);
            return true;
        }

        /** Lets copies begin only when as many as shall meet are about to. */
        private void meet() throws IOException {
            try {
                meeting.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new IOException("the others have not come", e);
            }
        }

        @Override
        public boolean delete(org.apache.flink.core.fs.Path path, boolean recursive)
                throws IOException {
            if (deletionsToRefuse > 0) {
                deletionsToRefuse--;
                throw new IOException("injected: no deletion of " + path);
            }
            return super.delete(path, recursive);
        }
    }
}
