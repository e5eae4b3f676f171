package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dist.LauncherTree.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherTest {

    private static final String QUICKSTART =
            "-B -ntp -DskipTests -Derror-prone.skip -am -pl quickstart package";

    @TempDir Path folder;
    private LauncherTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = LauncherTree.in(folder);
    }

    @Test
    void buildsOnlyWhatIsNeededAndOnlyOnce() throws Exception {
        Answer first = tree.run("up");
        assertThat(first.exitCode()).isZero();
        assertThat(first.errors()).contains("Building wikiflow").contains("Built in");
        assertThat(tree.run("up").errors()).isEmpty();
        assertThat(tree.run("bridge").errors()).isEmpty();
        assertThat(tree.builds()).containsExactly(QUICKSTART);
    }

    @ParameterizedTest
    @CsvSource({
        "up,         events/src/main/java/Something.java,        true",
        "up,         quickstart/pom.xml,                         true",
        "up,         jobs/rankings/src/main/resources/new.file,  false", // older than the jar
        "up,         events/src/test/java/SomethingTest.java,    false",
        "up,         benchmarks/src/main/java/Something.java,    false",
        "up,         faults/pom.xml,                             false",
        "up,         docs/page.md,                               false",
        "faults,     faults/src/main/java/Something.java,        true",
        "faults,     events/src/main/java/Something.java,        true",
        "faults,     benchmarks/src/main/java/Something.java,    false",
        "bench --peers none, benchmarks/src/main/java/Something.java, true",
        "bench --peers none, benchmarks/src/test/java/SomethingTest.java, false",
    })
    void buildsAnewWhatDependsOnAChange(String command, String changed, boolean again)
            throws Exception {
        String[] arguments = command.split(" ");
        tree.run(arguments);
        int before = tree.builds().size();
        tree.write(changed);
        tree.run(arguments);
        assertThat(tree.builds()).hasSize(again ? before + 1 : before);
    }

    @Test
    void buildsMeasurementsAndAttacksWhenTheyAreAskedFor() throws Exception {
        tree.run("soak");
        tree.run("faults");
        tree.run("bench", "--contenders", "wikiflow");
        assertThat(tree.builds())
                .containsExactly(
                        QUICKSTART.replace("quickstart", "faults"),
                        QUICKSTART.replace("quickstart", "benchmarks"));
        tree.run("bench", "--contenders", "wikiflow,spark");
        assertThat(tree.builds())
                .last()
                .asString()
                .contains("-Ppeers")
                .contains("benchmarks/peers/spark");
    }

    @Test
    void saysWhyABuildFailed() throws Exception {
        tree.set("BROKEN", "Something.java:[1,1] ';' expected");
        Answer answer = tree.run("up");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.output()).isEmpty();
        assertThat(answer.errors())
                .contains("';' expected")
                .endsWith("wikiflow: the build failed; see target/build.log\n");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        tree.uninstall("mvn");
        assertFailsWith("no mvn found; install Maven 3.8 or later");
        tree.installJava("11");
        assertFailsWith("/tools/java' is Java 11; install a JDK 17 or later, or set JAVA_HOME");
        tree.installJava("");
        assertFailsWith("is Java of an unknown version; install");
        tree.uninstall("java");
        assertFailsWith("no java found; install a JDK 17 or later, or set JAVA_HOME");
        tree.set("JAVA_HOME", "/nowhere");
        assertFailsWith("JAVA_HOME is '/nowhere', but there is no bin/java in it; point it to");
    }

    private void assertFailsWith(String message) throws Exception {
        Answer answer = tree.run("up");
        assertThat(answer.errors()).startsWith("wikiflow: ").contains(message).hasLineCount(1);
        assertThat(answer.exitCode()).isEqualTo(1);
    }

    @Test
    void takesTheJavaOfJavaHome() throws Exception {
        tree.installJava("11");
        tree.set("JAVA_HOME", tree.installJdk("21").toString());
        assertThat(tree.run("up").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "up,        ' io.github.wikiflow.quickstart.QuickstartCommand up'",
        "cluster,   ' io.github.wikiflow.quickstart.QuickstartCommand cluster'",
        "doctor,    ' io.github.wikiflow.quickstart.QuickstartCommand doctor'",
        "status,    ' io.github.wikiflow.quickstart.QuickstartCommand status'",
        "stop,      ' io.github.wikiflow.quickstart.QuickstartCommand stop'",
        "logs,      ' io.github.wikiflow.quickstart.QuickstartCommand logs'",
        "completion, ' io.github.wikiflow.quickstart.QuickstartCommand completion'",
        "upgrade,   ' io.github.wikiflow.quickstart.QuickstartCommand upgrade'",
        "flink,     ' org.apache.flink.client.cli.CliFrontend'",
        "bridge,    ' io.github.wikiflow.bridge.BridgeCommand'",
        "dashboard, ' io.github.wikiflow.dashboard.DashboardCommand'",
        "lake,      ' io.github.wikiflow.archive.check.LakeCommand'",
        "sandbox,   ' io.github.wikiflow.sandbox.stream.SimulatedStreamCommand'",
        "generate,  ' io.github.wikiflow.sandbox.generator.GenerateCommand'",
        "bench,     ' -jar HOME/benchmarks/target/wikiflow-benchmarks.jar'",
        "faults,    ' io.github.wikiflow.faults.FaultsCommand'",
        "soak,      ' io.github.wikiflow.faults.SoakCommand'",
    })
    void handsOptionsOverAsTheyAre(String command, String main) throws Exception {
        tree.set("WIKIFLOW_JAVA_OPTIONS", "-Done=1 -Dtwo=2");
        List<String> output = tree.run(command, "--peers", "none", "a b", "*", "").output();
        String line = String.join(" ", output);
        assertThat(line).contains(main.replace("HOME", tree.home().toString()));
        assertThat(output).endsWith("--peers", "none", "a b", "*", "");
        assertThat(output).contains("-Done=1", "-Dtwo=2", "-Dwikiflow.home=" + tree.home());
    }

    @Test
    void givesFlinkWhatItsConfigurationAsksFor() throws Exception {
        tree.set("WIKIFLOW_HEAP", "700m");
        assertThat(tree.run("up").output())
                .contains(
                        "-Xmx700m",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "-XX:+UseParallelGC");
        assertThat(tree.run("flink").output())
                .contains("--add-opens=java.base/java.util=ALL-UNNAMED")
                .doesNotContain("-XX:+UseParallelGC")
                .noneMatch(option -> option.contains("jdk.compiler"));
    }

    @Test
    void runsTheMainClassesThatThereAre() throws IOException {
        String script = Files.readString(SourceTree.home().resolve("wikiflow"));
        List<String> classes =
                Pattern.compile("\\b[a-z.]+\\.[A-Z][A-Za-z]+Command\\b|\\b[A-Z][a-z]+Command\\b")
                        .matcher(script)
                        .results()
                        .map(found -> found.group().replaceFirst(".*\\.", ""))
                        .toList();
        assertThat(classes).hasSizeGreaterThan(6);
        assertThat(
                        SourceTree.files().stream()
                                .filter(file -> file.toString().contains("src/main/java"))
                                .map(file -> file.getFileName().toString().replace(".java", "")))
                .containsAll(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "rankings,          jobs/rankings, 'Samples,SomethingTest', OtherIT",
        "wikiflow-rankings, jobs/rankings, 'Samples,SomethingTest', OtherIT",
        "events,            events,        SomethingTest,           none",
        "OtherIT,           jobs/rankings, none,                    OtherIT",
        "Samples,           jobs/rankings, Samples,                 none",
    })
    void testsOneModuleOrOneClass(String name, String module, String unit, String integration)
            throws Exception {
        assertThat(tree.run("test", name, "-Dseed=7").exitCode()).isZero();
        assertThat(tree.builds())
                .containsExactly(
                        "-B -ntp -am -pl %s -Dtest=%s -Dit.test=%s "
                                        .formatted(module, unit, integration)
                                + "-Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dfailsafe.failIfNoSpecifiedTests=false -DskipITs=false"
                                + " -Dseed=7 verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"test", "test --help", "test nothing", "fly"})
    void saysWhatIsWrongUsage(String arguments) throws Exception {
        Answer answer = tree.run(arguments.split(" "));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.errors())
                .startsWith("wikiflow: ")
                .endsWith("; see ./wikiflow help\n")
                .hasLineCount(1);
        assertThat(tree.builds()).isEmpty();
    }

    @Test
    void listsEveryCommandAndWhatANewcomerNeedsFirst() throws Exception {
        Answer help = tree.run("help");
        assertThat(help.exitCode()).isZero();
        assertThat(tree.run().output()).isEqualTo(help.output());
        List<String> listed =
                help.output().stream()
                        .filter(line -> line.startsWith("  ./wikiflow "))
                        .map(line -> line.strip().split(" ")[1])
                        .distinct()
                        .toList();
        assertThat(listed)
                .startsWith("up")
                .containsSubsequence("up", "doctor", "status", "cluster", "bench", "build");
        List<String> known =
                Files.readAllLines(tree.home().resolve("wikiflow")).stream()
                        .dropWhile(line -> !line.startsWith("command="))
                        .filter(line -> line.matches("    [a-z-][a-z| -]*\\).*"))
                        .flatMap(line -> Arrays.stream(line.split("\\)")[0].split("\\|")))
                        .map(String::strip)
                        .filter(name -> !name.startsWith("-"))
                        .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void runsInADistributionWithoutBuilding() throws Exception {
        LauncherTree unpacked = LauncherTree.unpackedIn(folder.resolve("elsewhere"));
        unpacked.uninstall("mvn");
        Answer up = unpacked.run("up", "--rate", "1");
        assertThat(up.errors()).isEmpty();
        assertThat(up.output())
                .contains(unpacked.home() + "/lib/*", "-XX:+UseParallelGC")
                .endsWith("io.github.wikiflow.quickstart.QuickstartCommand", "up", "--rate", "1");
        assertThat(unpacked.run("bridge").output())
                .contains(unpacked.home() + "/lib/*", "io.github.wikiflow.bridge.BridgeCommand");
        Answer bench = unpacked.run("bench");
        assertThat(bench.exitCode()).isEqualTo(2);
        assertThat(bench.errors())
                .isEqualTo(
                        "wikiflow: 'bench' is for a source tree of wikiflow; see bin/wikiflow help\n");
        assertThat(unpacked.run("help").output())
                .anyMatch(line -> line.startsWith("  bin/wikiflow up "))
                .noneMatch(line -> line.contains("bench") || line.contains("Maven"));
    }

    @Test
    void runsThroughALink() throws Exception {
        Path link = folder.resolve("link");
        Files.createSymbolicLink(link, tree.home().resolve("wikiflow"));
        assertThat(tree.runAs(link, "up").output()).contains("-Dwikiflow.home=" + tree.home());
    }
}
