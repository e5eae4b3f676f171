package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every link of a document to a file, or to a heading of one, leads somewhere. */
class DocumentLinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void leadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> documents = documents();
        assertThat(documents).hasSizeGreaterThan(30);
        for (Path document : documents) {
            String text = CODE.matcher(Files.readString(document)).replaceAll("");
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                if (!leadsSomewhere(document, link.group(1))) {
                    broken.add(SourceTree.home().relativize(document) + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private boolean leadsSomewhere(Path document, String link) throws IOException {
        if (link.matches("[a-z]+:.*")) {
            return true;
        }
        String[] parts = link.split("#", 2);
        Path target =
                parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).toAbsolutePath().normalize();
        return Files.exists(target) && (parts.length == 1 || anchorsOf(target).contains(parts[1]));
    }

    /** As the places where the documents are read make them of headings. */
    private Set<String> anchorsOf(Path document) throws IOException {
        Set<String> known = anchors.get(document);
        if (known == null) {
            known = new HashSet<>();
            for (String line : Files.readAllLines(document)) {
                if (line.startsWith("#")) {
                    known.add(
                            line.replaceFirst("^#+ ", "")
                                    .toLowerCase(Locale.ROOT)
                                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                                    .replace(' ', '-'));
                }
            }
            anchors.put(document, known);
        }
        return known;
    }

    private static List<Path> documents() throws IOException {
        return SourceTree.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                // Read in the distribution, not where it lies.
                .filter(file -> !file.startsWith(SourceTree.home().resolve("dist/src")))
                .toList();
    }
}
