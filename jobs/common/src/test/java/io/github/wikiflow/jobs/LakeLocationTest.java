package io.github.wikiflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class LakeLocationTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"lake", "my lake", "a ü %41+b", "%", "#?&", "a:b"})
    void aPathAndAFileUriAreTheSameFolder(String name) throws Exception {
        Path lake = folder.resolve(name);
        makeFolder(lake.toString());
        assertThat(lake).isDirectory();

        Path byUri = lake.resolve("by uri");
        makeFolder(byUri.toUri().toString());
        assertThat(byUri).isDirectory();
    }

    @Test
    void aRelativePathMayHaveASpace() {
        assertThat(Path.of(location("my lake").uri()))
                .isEqualTo(Path.of("my lake").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///a b", "file:///%4", "file:lake", "file://lake", "s3:lake"})
    void whatIsNoUriOfAFolderIsRefused(String text) {
        assertThatThrownBy(() -> location(text).uri())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--lake: '%s' is no URI of a folder (", text)
                .hasMessageEndingWith(
                        "); write one such as file:///var/my%20lake or s3://bucket/lake, or a local path");
    }

    /** As the jobs do: with the path that Flink makes of the option. */
    private static void makeFolder(String option) throws Exception {
        FileSystem.getLocalFileSystem()
                .mkdirs(new org.apache.flink.core.fs.Path(location(option).uri()));
    }

    private static LakeLocation location(String text) {
        Job job = new Job();
        JobCommand.parse(job, Map.of(), "--lake", text);
        return job.lake;
    }

    @Command
    private static final class Job {
        @Mixin private LakeLocation lake;
    }
}
