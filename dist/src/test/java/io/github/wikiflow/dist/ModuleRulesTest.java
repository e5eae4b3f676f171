package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What docs/architecture.md says about modules, by the main classes' packages and imports. */
class ModuleRulesTest {

    /** Which may know Flink; a name also stands for what is below it. */
    private static final List<String> WITH_FLINK =
            List.of("lake", "jobs", "http-guard", "quickstart", "harness", "faults", "benchmarks");

    /** Of other projects, what may change with any release; with the reason why it is used. */
    private static final Set<String> KNOWN_INTERNALS =
            Set.of(
                    // Kafka has no public class for a header that somebody makes.
                    "org.apache.kafka.common.header.internals.RecordHeader",
                    "org.apache.kafka.common.header.internals.RecordHeaders");

    /** The micro benchmarks, which measure what nobody outside of these packages sees. */
    private static final Set<String> MEASURED_FROM_INSIDE = Set.of("io.github.wikiflow.rankings");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+);");

    private record MainClass(String module, String name, String inPackage, List<String> imports) {}

    private static final List<MainClass> CLASSES = new ArrayList<>();

    @BeforeAll
    static void readSources() throws IOException {
        for (Path file : SourceTree.files()) {
            String path = SourceTree.home().relativize(file).toString();
            if (path.contains("src/main/java/") && path.endsWith(".java")) {
                String source = Files.readString(file);
                Matcher declared = PACKAGE.matcher(source);
                assertThat(declared.find()).as(path).isTrue();
                CLASSES.add(
                        new MainClass(
                                path.replaceFirst("/src/main/.*", ""),
                                file.getFileName().toString(),
                                declared.group(1),
                                IMPORT.matcher(source).results().map(it -> it.group(1)).toList()));
            }
        }
        assertThat(CLASSES).hasSizeGreaterThan(300);
    }

    @Test
    void onlyJobsAndWhatRunsThemKnowFlink() {
        assertThat(CLASSES)
                .filteredOn(
                        each ->
                                each.imports().stream()
                                        .anyMatch(it -> it.startsWith("org.apache.flink.")))
                .isNotEmpty()
                .allMatch(each -> WITH_FLINK.contains(each.module().split("/")[0]));
    }

    @Test
    void nothingUsesOtherProjectsInternals() {
        assertThat(
                        CLASSES.stream()
                                .flatMap(each -> each.imports().stream())
                                .filter(it -> it.matches("org\\.apache\\..*\\.internals?\\..*")))
                .isSubsetOf(KNOWN_INTERNALS);
    }

    @Test
    void noPackageIsInTwoModules() {
        Map<String, Set<String>> modules = new TreeMap<>();
        for (MainClass each : CLASSES) {
            modules.computeIfAbsent(each.inPackage(), name -> new TreeSet<>()).add(each.module());
        }
        modules.keySet().removeAll(MEASURED_FROM_INSIDE);
        assertThat(modules).allSatisfy((name, in) -> assertThat(in).as(name).hasSize(1));
    }

    @Test
    void noTwoClassesHaveOneName() {
        assertThat(CLASSES)
                .extracting(MainClass::name)
                .filteredOn(name -> !name.equals("package-info.java"))
                .doesNotHaveDuplicates();
    }
}
