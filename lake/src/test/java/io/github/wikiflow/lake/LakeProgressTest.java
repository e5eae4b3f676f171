package io.github.wikiflow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runs a and b; b went on from a's checkpoint 7. */
class LakeProgressTest {

    @TempDir private Path lake;

    @BeforeEach
    void writeHeads() throws IOException {
        LakeHeads heads = new LakeHeads(flink(lake));
        heads.write(LakeHead.NONE.begin("a"));
        heads.write(heads.read().goOn("a", 7, "b"));
    }

    @Test
    void epochsAreInTheOrderOfTheirRunsAndCheckpoints() throws IOException {
        commit("a", 6, 0);
        commit("b", 7, 0);
        commit("b", 10, 0);

        assertThat(whole("own.parquet", "a-0-1", "a-5-2", "a-6-3", "b-7-4", "b-9-5", "b-10-6"))
                .containsExactly(
                        "own.parquet", "a-0-1", "a-5-2", "a-6-3", "b-7-4", "b-9-5", "b-10-6");
    }

    @Test
    void whatTheLakeWentBackBehindIsNoPartOfIt() throws IOException {
        commit("a", 9, 0);
        commit("b", 8, 0);

        assertThat(whole("a-6-1", "a-7-2", "a-9-3", "c-1-4", "b-7-5"))
                .containsExactly("a-6-1", "b-7-5");
    }

    @Test
    void anEpochIsWholeOnceOneOfItIsCommittedAndNothingOfItWaits() throws IOException {
        assertThat(whole("a-6-1", "b-7-2")).as("nothing is committed").containsExactly("a-6-1");

        stage("b", 7, 0);
        stage("b", 7, 1);
        commit("b", 7, 0);
        assertThat(whole("a-6-1", "b-7-2")).as("one half waits").containsExactly("a-6-1");

        stage("b", 8, 0);
        commit("b", 7, 1);
        assertThat(whole("a-6-1", "b-7-2", "b-8-3")).containsExactly("a-6-1", "b-7-2");
    }

    @Test
    void whatWaitsOfAnEarlierRunHoldsUpWhatCameAfterIt() throws IOException {
        stage("a", 6, 1);
        commit("b", 7, 0);

        assertThat(whole("a-5-1", "a-6-2", "b-7-3")).containsExactly("a-5-1");
    }

    @Test
    void whatWaitsOfARunThatWasReplacedHoldsUpNothing() throws IOException {
        stage("a", 7, 0);
        stage("c", 1, 0);
        commit("b", 7, 0);

        assertThat(whole("b-7-1")).containsExactly("b-7-1");
    }

    @Test
    void aRunIsAfterAllThatWereBeforeItAlsoAfterTheLakeWentBackBehindThem() throws IOException {
        commit("b", 20, 0);
        long ofB = LakeProgress.read(flink(lake)).place(withWriter("b-20-1")).getAsLong();

        LakeHeads heads = new LakeHeads(flink(lake));
        heads.write(heads.read().goOn("a", 5, "c"));
        commit("c", 5, 0);

        assertThat(whole("a-4-1", "a-5-1", "b-20-1", "c-5-1")).containsExactly("a-4-1", "c-5-1");
        assertThat(LakeProgress.read(flink(lake)).place(withWriter("c-5-1")).getAsLong())
                .isGreaterThan(ofB);
    }

    @Test
    void aLakeWithoutAHeadHasNoEpochs() throws IOException {
        LakeProgress progress = LakeProgress.read(flink(lake.resolve("missing")));

        assertThat(progress.place("a-6-0f-1-100.parquet")).isEmpty();
        assertThat(progress.place("own.parquet")).hasValue(LakeProgress.BEFORE_ALL);
    }

    /** Those of these files that belong to whole epochs, in order. */
    private List<String> whole(String... names) throws IOException {
        LakeProgress progress = LakeProgress.read(flink(lake));
        List<String> whole = new ArrayList<>();
        long last = -1;
        for (String name : names) {
            OptionalLong place =
                    progress.place(name.endsWith(".parquet") ? name : withWriter(name));
            if (place.isPresent()) {
                assertThat(place.getAsLong()).as(name).isGreaterThan(last);
                last = place.getAsLong();
                whole.add(name);
            }
        }
        return whole;
    }

    /** {@code run-checkpoint-number} as a file's name. */
    private static String withWriter(String name) {
        String[] parts = name.split("-");
        return new Epoch(parts[0], Long.parseLong(parts[1]), 0, "0f")
                .fileName(Integer.parseInt(parts[2]), 100);
    }

    private void stage(String run, long checkpoint, int subtask) throws IOException {
        Epoch epoch = new Epoch(run, checkpoint, subtask, "0f");
        Files.createDirectories(lake.resolve(epoch.folder()));
        Files.writeString(lake.resolve(epoch.stagedManifest()), "end\n");
    }

    /** Whether it was staged or not. */
    private void commit(String run, long checkpoint, int subtask) throws IOException {
        Epoch epoch = new Epoch(run, checkpoint, subtask, "0f");
        Path committed = lake.resolve(epoch.committedManifest());
        Files.createDirectories(committed.getParent());
        Files.writeString(committed, "end\n");
        Path folder = lake.resolve(epoch.folder());
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static org.apache.flink.core.fs.Path flink(Path path) {
        return new org.apache.flink.core.fs.Path(path.toUri());
    }
}
