package io.github.wikiflow.archive.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits on file systems that rename at once, and on those that copy and then delete. */
class LakeCommitterTest {

    private static final String CONTENT = "rows";
    private static final String STAGING = ".staging/job-0";
    private static final StagedFile FILE =
            new StagedFile(STAGING + "/1-a.inprogress", "day=1/server=a/a-2.parquet", 4, 2);

    @TempDir private Path lake;

    private final CopyingFileSystem store = new CopyingFileSystem();

    @BeforeEach
    void stage() throws IOException {
        Path staged = lake.resolve(FILE.staged());
        Files.createDirectories(staged.getParent());
        Files.writeString(staged, CONTENT);
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
        assertThat(files()).containsExactlyInAnyOrder(FILE.staged(), FILE.target());
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
                .hasMessageContaining(FILE.target());
    }

    @Test
    void failsWhenAFileIsGone() throws IOException {
        Files.delete(lake.resolve(FILE.staged()));
        assertThatThrownBy(() -> commit(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its 2 rows are lost");
    }

    @Test
    void failsWhenAFileHasLostItsEnd() throws IOException {
        Files.writeString(lake.resolve(FILE.staged()), "row");
        assertThatThrownBy(() -> commit(store))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has 3 bytes and not the 4");
        assertThat(files()).containsExactly(FILE.staged());
    }

    @Test
    void movesSeveralFilesOfAStoreAtOnce() throws IOException {
        store.meeting = new CyclicBarrier(LakeCommitter.MOVES_AT_ONCE);
        List<OneCommit> requests = stageMore(2 * LakeCommitter.MOVES_AT_ONCE);
        commit(store, requests);
        assertThat(store.meeting.isBroken()).isFalse();
        assertThat(requests).noneMatch(OneCommit::wasCommitted);
        assertThat(files())
                .contains(FILE.staged())
                .containsAll(requests.stream().map(each -> each.getCommittable().target()).toList())
                .hasSize(1 + requests.size());
    }

    @Test
    void endsWithAFailureWhenTheOtherMovesHaveEndedAndBeginsNoMore() throws IOException {
        List<OneCommit> requests = stageMore(LakeCommitter.MOVES_AT_ONCE + 1);
        StagedFile lost = requests.get(0).getCommittable();
        Files.delete(lake.resolve(lost.staged()));
        assertThatThrownBy(() -> commit(store, requests))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(lost.target());
        assertThat(files())
                .contains(requests.get(LakeCommitter.MOVES_AT_ONCE).getCommittable().staged())
                .containsAll(
                        requests.subList(1, LakeCommitter.MOVES_AT_ONCE).stream()
                                .map(each -> each.getCommittable().target())
                                .toList());
    }

    @Test
    void closesWithoutAnErrorWhenItCannotTidyUp() throws IOException {
        Files.delete(lake.resolve(FILE.staged()));
        store.deletionsToRefuse = 1;
        committer(store).close();
        assertThat(store.deletionsToRefuse).isZero();
        assertThat(lake.resolve(STAGING)).isEmptyDirectory();
    }

    /** Commits the file in a new process, and returns whether that had been done before. */
    private boolean commit(FileSystem fileSystem) throws IOException {
        OneCommit request = new OneCommit(FILE);
        commit(fileSystem, List.of(request));
        return request.wasCommitted();
    }

    private void commit(FileSystem fileSystem, List<OneCommit> requests) throws IOException {
        LakeCommitter committer = committer(fileSystem);
        try {
            committer.commit(List.copyOf(requests));
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts", e);
        } finally {
            committer.close();
        }
    }

    private List<OneCommit> stageMore(int files) throws IOException {
        List<OneCommit> requests = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            StagedFile file =
                    new StagedFile(
                            STAGING + "/1-b%d.inprogress".formatted(i),
                            "day=1/server=%d/b-2.parquet".formatted(i),
                            CONTENT.length(),
                            2);
            Files.writeString(lake.resolve(file.staged()), CONTENT);
            requests.add(new OneCommit(file));
        }
        return requests;
    }

    private LakeCommitter committer(FileSystem fileSystem) {
        org.apache.flink.core.fs.Path root = new org.apache.flink.core.fs.Path(lake.toUri());
        return new LakeCommitter(
                fileSystem,
                root,
                new org.apache.flink.core.fs.Path(root, STAGING),
                new UnregisteredMetricsGroup());
    }

    private void assertOnlyTheTargetIsThere() throws IOException {
        assertThat(files()).containsExactly(FILE.target());
        assertThat(lake.resolve(FILE.target())).hasContent(CONTENT);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> paths = Files.walk(lake)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> lake.relativize(path).toString())
                    .toList();
        }
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
            if (meeting != null) {
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
