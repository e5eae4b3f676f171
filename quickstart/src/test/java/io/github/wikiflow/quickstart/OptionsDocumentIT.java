package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of all options is what the commands themselves say. If it is not, the page as it should
 * be is in {@code quickstart/target/options.md}.
 */
class OptionsDocumentIT {

    private static final String LIBRARIES = "quickstart/target/lib/*";
    private static final String ARCHIVE = "jobs/archive/target/wikiflow-archive.jar";
    private static final String RANKINGS = "jobs/rankings/target/wikiflow-rankings.jar";

    /** As others start it, and as it is started here. */
    private record Program(String heading, String jar, String main, String... arguments) {}

    private static final List<Program> PROGRAMS =
            List.of(
                    quickstart("up"),
                    quickstart("doctor"),
                    quickstart("status"),
                    quickstart("stop"),
                    quickstart("logs"),
                    quickstart("cluster"),
                    quickstart("upgrade"),
                    new Program("./wikiflow bridge", LIBRARIES, "bridge.BridgeCommand"),
                    new Program("./wikiflow dashboard", LIBRARIES, "dashboard.DashboardCommand"),
                    lake("check"),
                    lake("files"),
                    new Program(
                            "./wikiflow sandbox",
                            LIBRARIES,
                            "sandbox.stream.SimulatedStreamCommand"),
                    new Program(
                            "./wikiflow generate", LIBRARIES, "sandbox.generator.GenerateCommand"),
                    new Program("The archive", ARCHIVE, "archive.ArchiveJob"),
                    new Program("The rankings", RANKINGS, "rankings.RankingsJob"));

    @Test
    void saysWhatTheCommandsSay() throws Exception {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Options

                        What each command says to `--help`. Every option `--kebab-name` can also be set as the environment variable
                        `WIKIFLOW_KEBAB_NAME`; what is given to the command goes first. Options of the two jobs stand behind the jar:
                        `./wikiflow flink run -d jobs/rankings/target/wikiflow-rankings.jar --top 20`.
                        """);
        for (Program program : PROGRAMS) {
            page.append("\n## ").append(program.heading()).append("\n\n```\n");
            page.append(help(program)).append("```\n");
        }
        Path right = Home.folder().resolve("quickstart/target/options.md");
        Files.writeString(right, page);
        assertThat(Files.readString(Home.folder().resolve("docs/options.md")))
                .as("docs/options.md; the right one is %s", right)
                .isEqualTo(page.toString());
    }

    private static Program quickstart(String command) {
        return new Program(
                "./wikiflow " + command,
                "quickstart/target/wikiflow-quickstart.jar",
                "quickstart.QuickstartCommand",
                command);
    }

    private static Program lake(String command) {
        return new Program(
                "./wikiflow lake " + command, ARCHIVE, "archive.check.LakeCommand", command);
    }

    private static String help(Program program) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dpicocli.usage.width=110");
        command.add("-cp");
        command.add(Home.folder().resolve(program.jar()) + ":" + Home.folder().resolve(LIBRARIES));
        command.add("io.github.wikiflow." + program.main());
        command.addAll(List.of(program.arguments()));
        command.add("--help");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("WIKIFLOW_"));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(program + " --help").isZero();
        assertThat(said).startsWith("Usage: ");
        return said.stripTrailing()
                .lines()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
