package io.github.wikiflow.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tarball, unpacked far from the source tree and run with no more than a Java runtime. */
class DistributionIT {

    private static final long MOST_BYTES = 250_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** What a runtime has, in contrast to a JDK: no compiler. */
    private static final String RUNTIME_MODULES =
            "java.se,jdk.charsets,jdk.crypto.ec,jdk.httpserver,jdk.jfr,jdk.localedata,jdk.management,"
                    + "jdk.naming.dns,jdk.net,jdk.security.auth,jdk.security.jgss,jdk.unsupported,jdk.zipfs";

    /** Under which a library may be handed out, alone or as one of several to choose from. */
    private static final Set<String> LICENCES =
            Set.of(
                    "Apache-2.0",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "CC0-1.0",
                    "EPL-2.0",
                    "Go License",
                    "MIT");

    @TempDir private static Path folder;

    private static Path tarball;
    private static Path home;

    @BeforeAll
    static void unpack() throws Exception {
        String version = System.getProperty("wikiflow.version");
        tarball = SourceTree.home().resolve("dist/target/wikiflow-%s.tar.gz".formatted(version));
        run(List.of("tar", "-C", folder.toString(), "-xzf", tarball.toString()));
        home = folder.resolve("wikiflow-" + version);
    }

    @Test
    void isOneFolderOfBearableSize() throws IOException {
        assertThat(tarball).exists();
        assertThat(Files.size(tarball)).isLessThan(MOST_BYTES);
        try (Stream<Path> top = Files.list(home)) {
            assertThat(top.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "CHANGELOG.md",
                            "LICENSE",
                            "NOTICE",
                            "README.md",
                            "bin",
                            "conf",
                            "docs",
                            "jobs",
                            "lib",
                            "wikiflow.cdx.json");
        }
    }

    @Test
    void listsEveryLibraryInIt() throws IOException {
        List<String> listed = new ArrayList<>();
        for (JsonNode component : components()) {
            listed.add(
                    "%s-%s.jar"
                            .formatted(
                                    component.get("name").asText(),
                                    component.get("version").asText()));
        }
        try (Stream<Path> libraries = Files.list(home.resolve("lib"))) {
            assertThat(
                            libraries
                                    .map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("wikiflow-quickstart.jar")))
                    .isNotEmpty()
                    .isSubsetOf(listed);
        }
    }

    @Test
    void eachJobHasABillOfWhatItsJarHolds() throws IOException {
        for (String job : List.of("wikiflow-archive", "wikiflow-rankings")) {
            Set<String> listed = new TreeSet<>();
            for (JsonNode component : components("jobs/%s.cdx.json".formatted(job))) {
                listed.add(component.get("name").asText());
            }
            assertThat(listed)
                    .as(job)
                    .contains(
                            "wikiflow-events",
                            "wikiflow-jobs-common",
                            "flink-connector-kafka",
                            "kafka-clients",
                            "picocli")
                    .doesNotContain("flink-runtime", "flink-core", "junit-jupiter-api");
            assertThat(components("wikiflow.cdx.json"))
                    .as("what is in the bill of all")
                    .extracting(component -> component.get("name").asText())
                    .containsAll(listed);
        }
    }

    @Test
    void namesItsLicencesInTheNotice() throws IOException {
        Set<String> contained = new TreeSet<>();
        for (JsonNode component : components()) {
            String group = component.get("group").asText();
            if (group.equals("io.github.wikiflow")) {
                continue;
            }
            List<String> licences = new ArrayList<>();
            for (JsonNode licence : component.path("licenses")) {
                JsonNode one = licence.path("license");
                licences.add(one.has("id") ? one.get("id").asText() : one.path("name").asText());
            }
            assertThat(licences)
                    .as("licences of %s:%s", group, component.get("name").asText())
                    .containsAnyElementsOf(LICENCES);
            contained.add(String.join(" or ", licences.stream().sorted().toList()) + ": " + group);
        }
        Set<String> noticed = new TreeSet<>();
        String licence = null;
        for (String line : Files.readAllLines(home.resolve("NOTICE"))) {
            if (line.endsWith(":")) {
                licence = line;
            } else if (line.startsWith("  ")) {
                noticed.add(licence + " " + line.strip());
            }
        }
        assertThat(noticed).isEqualTo(contained);
    }

    @Test
    void runsWithAJavaRuntimeAlone() throws Exception {
        Path runtime = folder.resolve("runtime");
        assertThat(
                        ToolProvider.findFirst("jlink")
                                .orElseThrow()
                                .run(
                                        System.out,
                                        System.err,
                                        "--add-modules=" + RUNTIME_MODULES,
                                        "--output=" + runtime))
                .isZero();
        Path output = folder.resolve("up.out");
        ProcessBuilder builder =
                new ProcessBuilder(
                                home.resolve("bin/wikiflow").toString(),
                                "up",
                                "--source=simulated",
                                "--data=" + folder.resolve("kept here"),
                                "--kafka-port=0",
                                "--flink-port=0",
                                "--dashboard-port=0",
                                "--bridge-port=0")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("JAVA_HOME", runtime.toString());
        builder.environment().put("PATH", "/usr/bin:/bin");
        builder.environment().put("WIKIFLOW_HEAP", "1g");
        Process up = builder.start();
        try {
            Pattern address = Pattern.compile("Dashboard +(http://\\S+)");
            await("a dashboard")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () ->
                                    assertThat(!up.isAlive() || read(output).contains("Dashboard "))
                                            .as(read(output))
                                            .isTrue());
            assertThat(up.isAlive()).as(read(output)).isTrue();
            Matcher found = address.matcher(read(output));
            assertThat(found.find()).isTrue();
            URI users = URI.create(found.group(1)).resolve("/api/rankings/users/current");
            HttpClient client = HttpClient.newHttpClient();
            await("a ranking")
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    client.send(
                                                    HttpRequest.newBuilder(users).build(),
                                                    BodyHandlers.ofString())
                                            .body()
                                            .contains("\"rank\":1"));
            up.toHandle().destroy();
            assertThat(up.waitFor(1, TimeUnit.MINUTES)).as("stops").isTrue();
            assertThat(read(output)).contains("Stopped.");
        } finally {
            up.destroyForcibly();
        }
    }

    private static JsonNode components() throws IOException {
        return components("wikiflow.cdx.json");
    }

    private static JsonNode components(String bill) throws IOException {
        return new ObjectMapper().readTree(home.resolve(bill).toFile()).get("components");
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
