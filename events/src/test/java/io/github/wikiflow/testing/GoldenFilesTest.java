package io.github.wikiflow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a released version has left in {@code src/test/resources/…/<version>}, such as savepoints,
 * stays as it was: the file {@code <version>.sha256} beside it has the checksum of each.
 */
class GoldenFilesTest {

    private static final Pattern VERSION = Pattern.compile("\\d+\\.\\d+\\.\\d+");
    private static final Set<String> NO_SOURCES = Set.of("target", ".git", "node_modules");

    @TempDir private Path project;
    private Path savepoint;

    @BeforeEach
    void makeProject() throws Exception {
        savepoint = project.resolve("a/b/src/test/resources/savepoints/1.2.3");
        Files.createDirectories(savepoint.resolve("staging"));
        Files.writeString(savepoint.resolve("_metadata"), "abc");
        Files.writeString(savepoint.resolve("staging/1"), "");
        Files.writeString(project.resolve("CHANGELOG.md"), "# Changelog\n\n## 1.2.3\n");
    }

    @Test
    void thoseOfThisProjectAreAsTheyWere() throws Exception {
        assertThat(problems(ProjectRoot.find())).isEmpty();
    }

    @Test
    void aReleasedVersionHasChecksums() throws Exception {
        assertThat(problems(project)).singleElement().asString().contains("sha256sum");
        pin();
        assertThat(problems(project)).isEmpty();
    }

    @Test
    void noFileOfAReleasedVersionChangesComesOrGoes() throws Exception {
        pin();
        Files.writeString(savepoint.resolve("_metadata"), "abd");
        assertThat(problems(project)).hasSize(1);
        Files.writeString(savepoint.resolve("_metadata"), "abc");
        Files.writeString(savepoint.resolve("more"), "");
        assertThat(problems(project)).hasSize(1);
        Files.delete(savepoint.resolve("more"));
        Files.delete(savepoint.resolve("staging/1"));
        assertThat(problems(project)).hasSize(1);
    }

    @Test
    void aVersionThatIsNotReleasedMayChange() throws Exception {
        Files.writeString(project.resolve("CHANGELOG.md"), "## 1.2.3 (unreleased)\n");
        assertThat(problems(project)).isEmpty();
    }

    /** As {@code sha256sum} writes it. */
    private void pin() throws IOException {
        Files.writeString(
                savepoint.resolveSibling("1.2.3.sha256"),
                """
                ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  1.2.3/_metadata
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  1.2.3/staging/1
                """);
    }

    private static List<String> problems(Path project) throws Exception {
        List<String> released =
                Files.readAllLines(project.resolve("CHANGELOG.md")).stream()
                        .filter(line -> line.startsWith("## "))
                        .map(line -> line.substring("## ".length()).strip())
                        .toList();
        List<String> problems = new ArrayList<>();
        for (Path golden : goldenFolders(project)) {
            String version = golden.getFileName().toString();
            Path pinned = golden.resolveSibling(version + ".sha256");
            if (!released.contains(version)) {
                continue;
            }
            if (!Files.exists(pinned)) {
                problems.add(
                        "%s: no checksums of a released version; in %s, find %s -type f | sort | xargs sha256sum > %s"
                                .formatted(
                                        golden, golden.getParent(), version, pinned.getFileName()));
            } else if (!new TreeSet<>(Files.readAllLines(pinned)).equals(checksums(golden))) {
                problems.add(
                        "%s: not what was released; bring it back, and give what is new a folder of its own version"
                                .formatted(golden));
            }
        }
        return problems;
    }

    private static List<Path> goldenFolders(Path project) throws IOException {
        List<Path> folders = new ArrayList<>();
        addGoldenFolders(project, folders);
        return folders;
    }

    private static void addGoldenFolders(Path folder, List<Path> found) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            for (Path child : children.filter(Files::isDirectory).toList()) {
                String name = child.getFileName().toString();
                if (VERSION.matcher(name).matches()
                        && child.toString().contains("src/test/resources")) {
                    found.add(child);
                } else if (!NO_SOURCES.contains(name)) {
                    addGoldenFolders(child, found);
                }
            }
        }
    }

    private static Set<String> checksums(Path golden) throws Exception {
        Set<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.walk(golden)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] digest =
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
                lines.add(
                        HexFormat.of().formatHex(digest)
                                + "  "
                                + golden.getParent().relativize(file));
            }
        }
        return lines;
    }
}
