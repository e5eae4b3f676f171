package io.github.wikiflow.quickstart;

import static org.awaitility.Awaitility.await;

import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./wikiflow cluster} as a process of its own, whose environment has options for the jobs
 * that are submitted to it.
 */
final class ClusterProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final Path QUICKSTART_JAR =
            Home.folder().resolve("quickstart/target/wikiflow-quickstart.jar");

    private final Process process;
    private final Path output;
    private final String kafka;

    private ClusterProcess(Process process, Path output, String kafka) {
        this.process = process;
        this.output = output;
        this.kafka = kafka;
    }

    /**
     * Starts it on free ports and waits until everything runs.
     *
     * @param environment options as variables; the address of Kafka comes on top
     */
    static ClusterProcess start(Path folder, Map<String, String> environment) throws IOException {
        return start(folder, environment, List.of());
    }

    /** As the other one, where no file may grow beyond so many KiB, as on a disk that is full. */
    static ClusterProcess start(Path folder, int kibibytes) throws IOException {
        String command = "ulimit -f %d && exec \"$@\"".formatted(kibibytes);
        return start(folder, Map.of(), List.of("bash", "-c", command, "limited"));
    }

    private static ClusterProcess start(
            Path folder, Map<String, String> environment, List<String> launcher)
            throws IOException {
        int kafkaPort = FreePort.find();
        String kafka = "127.0.0.1:" + kafkaPort;
        Path output = folder.resolve("cluster.out");
        List<String> command = new ArrayList<>(launcher);
        command.addAll(
                List.of(
                        java(),
                        "-Xmx1g",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Dwikiflow.home=" + Home.folder(),
                        "-jar",
                        QUICKSTART_JAR.toString(),
                        "cluster",
                        "--data=" + folder.resolve("data"),
                        "--kafka-port=" + kafkaPort,
                        "--flink-port=0"));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("WIKIFLOW_BOOTSTRAP_SERVERS", kafka);
        ClusterProcess cluster = new ClusterProcess(builder.start(), output, kafka);
        try {
            cluster.awaitRunning();
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
        return cluster;
    }

    private void awaitRunning() {
        await("the cluster runs")
                .atMost(PATIENCE)
                .until(() -> text().contains("Stop with Ctrl-C.") || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the cluster has ended: " + text());
        }
    }

    /** Where Kafka is. */
    String kafka() {
        return kafka;
    }

    /** Flink's web UI and REST API. */
    URI flink() {
        String line =
                text().lines()
                        .filter(each -> each.startsWith("Flink web UI"))
                        .findFirst()
                        .orElseThrow();
        return URI.create(line.substring(line.lastIndexOf(' ') + 1));
    }

    /** What a command has printed, and its exit code. */
    record Answer(int exitCode, String text) {}

    /** Runs {@code ./wikiflow flink}, as the launcher does, to its end. */
    static Answer flink(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(java());
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.add("-Dlog.file=" + folder.resolve("flink-client.log"));
        command.add(
                "-Dlog4j.configurationFile="
                        + Home.configuration().resolve("log4j-cli.properties"));
        command.add("-cp");
        command.add(Home.folder().resolve("quickstart/target/lib") + "/*");
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    /**
     * What runs {@code jobs}, as the container of that name does, for this cluster.
     *
     * @param folder for its configuration, and for the jars by the jobs' names
     */
    ProcessBuilder jobs(Path folder, String... arguments) throws IOException {
        Path configuration = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(
                configuration.resolve("config.yaml"),
                Files.readString(Home.configuration().resolve("config.yaml"))
                        .replace("port: 8081", "port: " + flink().getPort()));
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (String job : List.of("archive", "rankings")) {
            Path jar = jars.resolve("wikiflow-%s.jar".formatted(job));
            if (!Files.exists(jar)) {
                Files.createSymbolicLink(jar, Home.jobJar(job));
            }
        }
        List<String> command = new ArrayList<>();
        command.addAll(List.of(java(), "--add-opens=java.base/java.util=ALL-UNNAMED", "-cp"));
        command.add(QUICKSTART_JAR.toString());
        command.add("io.github.wikiflow.quickstart.JobsCommand");
        command.addAll(
                List.of("--jars=" + jars, "--state=" + folder.resolve("data/cluster/flink")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_CONF_DIR", configuration.toString());
        builder.environment().put("WIKIFLOW_BOOTSTRAP_SERVERS", kafka);
        return builder;
    }

    /** Has a shell run a command line of {@code ./wikiflow}, without building anything. */
    static Answer shell(Path folder, String commandLine) throws Exception {
        String wikiflow =
                "'%s' -Dwikiflow.home='%s' -jar '%s'"
                        .formatted(java(), Home.folder(), QUICKSTART_JAR);
        return run(folder, List.of("bash", "-c", commandLine.replace("./wikiflow", wikiflow)));
    }

    private static Answer run(Path folder, List<String> command) throws Exception {
        Path output = Files.createTempFile(folder, "command", ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("FLINK_CONF_DIR", Home.configuration().toString());
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " does not end: " + Files.readString(output));
        }
        return new Answer(process.exitValue(), Files.readString(output));
    }

    /** Waits until it ends by itself. */
    Answer end() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the cluster does not end: " + text());
        }
        return new Answer(process.exitValue(), text());
    }

    /** SIGTERM, and if that does not help in time, SIGKILL. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    private String text() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return "(output not readable: " + e + ")";
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
