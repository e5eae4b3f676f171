package io.github.wikiflow.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A source tree of empty files, or an unpacked distribution, with the real launcher in it; and on
 * the path only what a shell has, a {@code mvn} that writes down how it was called and makes empty
 * jars, and a {@code java} that prints its arguments.
 */
final class LauncherTree {

    private static final List<String> TOOLS =
            List.of(
                    "bash",
                    "basename",
                    "cat",
                    "dirname",
                    "env",
                    "find",
                    "grep",
                    "head",
                    "mkdir",
                    "paste",
                    "readlink",
                    "sed",
                    "sleep",
                    "sort",
                    "tail",
                    "touch");

    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            echo "$*" >>"$CALLS"
            if [[ -n ${BROKEN:-} ]]; then echo "[INFO] Scanning"; echo "[ERROR] $BROKEN"; exit 1; fi
            echo "[INFO] Building wikiflow anything 1.0.0-SNAPSHOT [1/1]"
            while [[ $# -gt 0 ]]; do
                if [[ $1 == -pl ]]; then modules=$2; fi
                shift
            done
            for module in ${modules//,/ }; do
                mkdir -p "$module/target" && touch "$module/target/wikiflow-${module##*/}.jar"
            done
            """;

    private static final String JAVA =
            """
            #!/usr/bin/env bash
            if [[ $1 == -XshowSettings:properties ]]; then
                echo "    java.specification.version = %s" >&2
                exit 0
            fi
            for argument in "$@"; do echo "$argument"; done
            """;

    private final Path home;
    private final Path launcher;
    private final Path tools;
    private final Map<String, String> environment = new HashMap<>();

    private LauncherTree(Path home, String launcher, Path tools) {
        this.home = home;
        this.launcher = home.resolve(launcher);
        this.tools = tools;
    }

    /** What the launcher said and how it ended. */
    record Answer(int exitCode, List<String> output, String errors) {}

    /** Makes the tree in a folder whose name has a blank, as some homes have. */
    static LauncherTree in(Path folder) throws IOException {
        LauncherTree tree = of(folder, "wikiflow", "flink-conf");
        for (String module :
                List.of("events", "jobs/rankings", "quickstart", "benchmarks", "faults")) {
            tree.write(module + "/pom.xml");
            tree.write(module + "/src/main/java/Something.java");
            tree.write(module + "/src/test/java/SomethingTest.java");
        }
        tree.write("jobs/rankings/src/test/java/OtherIT.java");
        tree.write("jobs/rankings/src/test/java/Samples.java");
        tree.write("pom.xml");
        tree.write("docs/page.md");
        return tree;
    }

    /** Unpacks a distribution into such a folder. */
    static LauncherTree unpackedIn(Path folder) throws IOException {
        return of(folder, "bin/wikiflow", "conf");
    }

    private static LauncherTree of(Path folder, String launcher, String configuration)
            throws IOException {
        Path home = Files.createDirectories(folder.resolve("wiki flow"));
        Path tools = Files.createDirectories(folder.resolve("tools"));
        LauncherTree tree = new LauncherTree(home, launcher, tools);
        Files.createDirectories(tree.launcher.getParent());
        Files.copy(SourceTree.home().resolve("wikiflow"), tree.launcher);
        Files.createDirectories(home.resolve(configuration));
        Files.copy(
                SourceTree.home().resolve("flink-conf/config.yaml"),
                home.resolve(configuration).resolve("config.yaml"));
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(onPath(tool)));
        }
        tree.installMaven();
        tree.installJava("17");
        tree.environment.put("PATH", tools.toString());
        tree.environment.put("CALLS", folder.resolve("calls").toString());
        return tree;
    }

    Path home() {
        return home;
    }

    /** Puts a {@code java} of this version on the path. */
    void installJava(String version) throws IOException {
        script(tools.resolve("java"), JAVA.formatted(version));
    }

    /** Makes a folder with a {@code java} of this version in {@code bin/}. */
    Path installJdk(String version) throws IOException {
        Path jdk = home.resolveSibling("jdk");
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/java"), JAVA.formatted(version));
        return jdk;
    }

    private void installMaven() throws IOException {
        script(tools.resolve("mvn"), MAVEN);
    }

    /** Takes a tool off the path. */
    void uninstall(String tool) throws IOException {
        Files.delete(tools.resolve(tool));
    }

    /** Sets a variable of the launcher's environment. */
    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Writes an empty file, or gives the one that is there a later time than all others. */
    void write(String file) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        if (Files.exists(path)) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(60)));
        } else {
            Files.createFile(path);
            Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
        }
    }

    /** How Maven was called so far, a line for each time. */
    List<String> builds() throws IOException {
        Path calls = Path.of(environment.get("CALLS"));
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    /** Runs the launcher, from another folder than its own. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        return runAs(launcher, arguments);
    }

    /** Runs the launcher by another name. */
    Answer runAs(Path launcher, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        Path errors = home.resolveSibling("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(home.getParent().toFile())
                        .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the launcher does not end: " + Files.readString(errors));
        }
        return new Answer(process.exitValue(), output.lines().toList(), Files.readString(errors));
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make '%s' executable".formatted(file));
        }
    }

    private static Path onPath(String tool) {
        for (String folder : System.getenv("PATH").split(":")) {
            Path candidate = Path.of(folder, tool);
            if (Files.isExecutable(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw new IllegalStateException("there is no '%s' on the path".formatted(tool));
    }
}
