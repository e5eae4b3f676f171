package io.github.wikiflow.archive.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.SampleLake;
import io.github.wikiflow.archive.lake.ArchiveRun;
import io.github.wikiflow.archive.lake.FileSettings;
import io.github.wikiflow.archive.lake.LakeSink;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeListing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A lake that the archive has written, and each kind of damage to it. */
class LakeCommandTest {

    private static final String DAY = "change_timestamp_date=1970-01-01";
    private static final String CANNOT_BE_READ =
            "move it out of the lake, or go back to a checkpoint before it with --rewind-lake";
    private static final String NO_COMMIT =
            " is named by no commit; move it out of the lake, if its rows are in another file";

    @TempDir private Path data;
    private Path lake;

    /** The only file of the second checkpoint and the server 2: offsets 20, 23, 26 and 29. */
    private Path file;

    private String errors;
    private int exitCode;

    @BeforeEach
    void writeALake() throws Exception {
        lake = Files.createDirectories(data.resolve("live/lake"));
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            run.write(SampleLake.rows(0, 20));
            run.complete(run.checkpoint(1));
            run.write(SampleLake.rows(20, 30));
            run.complete(run.checkpoint(2));
        }
        file =
                files().stream()
                        .filter(
                                path ->
                                        path.toString()
                                                .matches(".*2/[0-9a-f]+-1-[^/]+-4\\.parquet"))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void findsNothingWrong() {
        assertThat(check()).containsExactly("ok    9 files with 30 rows are as they should be");
        assertThat(exitCode).isZero();
    }

    @Test
    void looksAtTheLakeOfUp() {
        assertThat(run("check", "--data", data.toString()))
                .containsExactly("ok    9 files with 30 rows are as they should be");
    }

    @Test
    void showsFilesOfEachDay() throws IOException {
        List<Long> sizes = files().stream().map(path -> path.toFile().length()).sorted().toList();
        assertThat(run("files", "--lake", lake.toString()))
                .containsExactly(
                        "day           files         rows          bytes partitions   smallest     median",
                        "1970-01-01        9           30 %14d          3 %10d %10d"
                                .formatted(
                                        sizes.stream().mapToLong(Long::longValue).sum(),
                                        sizes.get(0),
                                        sizes.get(4)));
        assertThat(exitCode).isZero();
    }

    @Test
    void namesAFileOfWhichAByteIsWrong() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 8] ^= 1;
        Files.write(file, bytes);
        assertThat(check())
                .containsExactly(
                        "BAD   file:%s is damaged (a page has other bytes than were written); %s"
                                .formatted(file, CANNOT_BE_READ));
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void namesAFileWhoseEndIsMissing() throws IOException {
        Files.write(file, List.of("no Parquet file"));
        assertThat(check())
                .containsExactly(
                        "BAD   file:%s is no Parquet file (it does not end as one); %s"
                                .formatted(file, CANNOT_BE_READ));
    }

    @Test
    void namesAFileWithOtherColumns() throws Exception {
        Path other = file.resolveSibling("other-1.parquet");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "COPY (SELECT 5::BIGINT AS event_offset) TO '%s' (FORMAT parquet)"
                            .formatted(other));
        }
        assertThat(check())
                .containsExactly(
                        "note  1 files have names that this build does not give, and no head says whether they belong here",
                        "BAD   file:%s has no column event_topic; %s"
                                .formatted(other, CANNOT_BE_READ));
    }

    @Test
    void namesAFileWithOtherRowsThanItsNameSays() throws IOException {
        Path renamed = rename(file.getFileName().toString().replace("-4.parquet", "-5.parquet"));
        assertThat(check())
                .containsExactly(
                        "BAD   " + lake.relativize(renamed) + NO_COMMIT,
                        "note  %s: 1 files with 4 rows that were committed are not there: somebody has removed them"
                                .formatted(DAY),
                        "BAD   %s has 4 rows, and not 5 as its name says; %s"
                                .formatted(renamed, CANNOT_BE_READ));
    }

    @Test
    void namesAFileInTheWrongDay() throws IOException {
        Path folder =
                Files.createDirectories(
                        lake.resolve("change_timestamp_date=1970-01-02/server_name=a"));
        Path moved = Files.move(file, folder.resolve(file.getFileName()));
        assertThat(check())
                .containsExactly(
                        "BAD   " + lake.relativize(moved) + NO_COMMIT,
                        "note  %s: 1 files with 4 rows that were committed are not there: somebody has removed them"
                                .formatted(DAY),
                        "BAD   %s has 4 rows of other days than its folder's; move it to where its rows belong"
                                .formatted(moved));
    }

    @Test
    void namesRowsThatAreThereTwice() throws IOException {
        Path copy = Files.copy(file, file.resolveSibling("~copy.parquet"));
        List<String> lines = check();
        assertThat(lines)
                .hasSize(2)
                .contains(
                        "note  1 files have names that this build does not give, and no head says whether they belong here")
                .last()
                .asString()
                .matches(
                        "BAD   (\\Q%s\\E|\\Q%s\\E) has 4 rows that are in the lake already, such as offset 20 of topic-0; move it out of the lake if all of its rows are"
                                .formatted(file, copy));
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void takesWhatSomebodyHasRemovedForWanted() throws IOException {
        Files.delete(file);
        assertThat(check())
                .containsExactly(
                        "note  %s: 1 files with 4 rows that were committed are not there: somebody has removed them"
                                .formatted(DAY),
                        "ok    8 files with 26 rows are as they should be");
        assertThat(exitCode).isZero();
    }

    @Test
    void namesAFileOfARunThatTheHeadDoesNotHave() throws IOException {
        Path renamed = rename("0123-1-4567-0-4.parquet");
        assertThat(check())
                .first()
                .isEqualTo(
                        "BAD   %s is of an epoch that the lake's head does not have, so its rows may be in the lake twice; start the archive from its newest checkpoint, which moves such files away, or move it out of the lake"
                                .formatted(lake.relativize(renamed)));
    }

    @Test
    void tellsWhatWaitsFromWhatIsLeftOver() throws Exception {
        lake = Files.createDirectories(data.resolve("replay/lake"));
        try (ArchiveRun run = ArchiveRun.begin(sink(), 1)) {
            run.write(SampleLake.rows(0, 4));
            run.checkpoint(1);
            Files.createDirectories(lake.resolve(".staging/0123/0/7-4567"));
            assertThat(check())
                    .containsExactly(
                            "BAD   .staging/0123/0/7-4567 waits for a checkpoint that the lake has gone on without; delete the folder, or start the archive, which does",
                            "note  1 epochs wait for their checkpoint; their rows are not in the lake yet");
        }
        assertThat(run("check", "--data", data.toString())).isEmpty();
        assertThat(errors).startsWith("wikiflow lake check: --data: there is more than one lake [");
        assertThat(exitCode).isEqualTo(2);
    }

    @Test
    void missesAHead() throws IOException {
        try (var heads = Files.list(lake.resolve(".wikiflow/head"))) {
            for (Path head : heads.toList()) {
                Files.delete(head);
            }
        }
        assertThat(check())
                .containsExactly(
                        "BAD   there are 9 files of the archive and no head in .wikiflow, so it cannot go on with them; put that back, or begin another lake");
    }

    @Test
    void saysWhichLakeIsMissing() {
        assertThat(run("files", "--lake", "no/lake")).isEmpty();
        assertThat(errors)
                .isEqualTo(
                        "wikiflow lake files: --lake: there is no folder 'no/lake'; name the root of a lake\n");
        assertThat(exitCode).isEqualTo(2);
    }

    private Path rename(String name) throws IOException {
        return Files.move(file, file.resolveSibling(name));
    }

    private LakeSink sink() {
        return new LakeSink(lake.toUri(), new FileSettings(4, Compression.ZSTD, 3), false);
    }

    private List<Path> files() throws IOException {
        return LakeListing.files(new org.apache.flink.core.fs.Path(lake.toUri()), LakeDays.ALL)
                .stream()
                .map(FileStatus::getPath)
                .map(path -> Path.of(path.getPath()))
                .toList();
    }

    private List<String> check() {
        return run("check", "--lake", lake.toString());
    }

    private List<String> run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = CommandRunner.commandLine(new LakeCommand(), Map.of());
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        exitCode = command.execute(arguments);
        errors = err.toString();
        return out.toString().lines().toList();
    }
}
