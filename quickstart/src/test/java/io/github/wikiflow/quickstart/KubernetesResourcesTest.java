package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The resources in {@code docker/kubernetes}, against the definitions of the Flink operator. */
class KubernetesResourcesTest {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Home.folder().resolve("docker/kubernetes");

    /** Of a FlinkDeployment, as the operator publishes it. */
    private static JsonNode definition;

    @BeforeAll
    static void readDefinition() throws IOException {
        try (InputStream in =
                KubernetesResourcesTest.class.getResourceAsStream(
                        "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
            definition = YAML.readTree(in).at("/spec/versions/0/schema/openAPIV3Schema/properties");
        }
        assertThat(definition.at("/spec/properties/podTemplate/properties/spec").isObject())
                .isTrue();
    }

    static Stream<JsonNode> resources(String kind) throws IOException {
        Stream.Builder<JsonNode> resources = Stream.builder();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
                MappingIterator<JsonNode> documents =
                        YAML.readerFor(JsonNode.class).readValues(file.toFile());
                documents.readAll().stream()
                        .filter(resource -> resource.path("kind").asText().equals(kind))
                        .forEach(resources::add);
            }
        }
        return resources.build();
    }

    static Stream<JsonNode> flinkDeployments() throws IOException {
        return resources("FlinkDeployment");
    }

    static Stream<JsonNode> deployments() throws IOException {
        return resources("Deployment");
    }

    @ParameterizedTest
    @MethodSource("flinkDeployments")
    void aFlinkDeploymentIsAsItsDefinitionSays(JsonNode resource) {
        assertThat(resource.path("apiVersion").asText()).isEqualTo("flink.apache.org/v1beta1");
        ObjectNode spec = resource.path("spec").deepCopy();
        // The newest published definition lists no Flink 2.x; the cluster's operator must.
        assertThat(spec.remove("flinkVersion").asText())
                .isEqualTo(
                        "v"
                                + EnvironmentInformation.getVersion()
                                        .replaceFirst("\\.\\d+$", "")
                                        .replace('.', '_'));
        assertThat(ResourceSchema.errors(definition.path("spec"), spec)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("deployments")
    void thePodsOfADeploymentAreAsTheirDefinitionSays(JsonNode resource) {
        assertThat(
                        ResourceSchema.errors(
                                definition.at("/spec/properties/podTemplate/properties/spec"),
                                resource.at("/spec/template/spec")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FlinkDeployment", "Deployment"})
    void everyPodIsConfinedAndHasItsSecretFromOutside(String kind) throws IOException {
        List<JsonNode> pods =
                resources(kind)
                        .map(
                                resource ->
                                        resource.at(
                                                kind.equals("Deployment")
                                                        ? "/spec/template/spec"
                                                        : "/spec/podTemplate/spec"))
                        .toList();
        assertThat(pods).hasSize(2);
        for (JsonNode pod : pods) {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/containers")).hasSize(1);
            JsonNode container = pod.at("/containers/0");
            assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                    .isTrue();
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                    .isEqualTo("ALL");
            assertThat(pod.at("/volumes/0/secret/secretName").asText())
                    .startsWith("wikiflow-kafka-");
            assertThat(writableFolders(pod)).containsExactlyInAnyOrderElementsOf(written(pod));
        }
    }

    /** What its process writes: everywhere else the file system is read-only. */
    private static List<String> written(JsonNode pod) {
        List<String> folders = new ArrayList<>(List.of("/tmp"));
        if (pod.at("/containers/0/name").asText().equals("flink-main-container")) {
            folders.add("/opt/flink/log");
            // The image's entry point makes a link to each plugin in a folder of the plugin's name.
            for (JsonNode variable : pod.at("/containers/0/env")) {
                if (variable.path("name").asText().equals("ENABLE_BUILT_IN_PLUGINS")) {
                    for (String jar : variable.path("value").asText().split(";")) {
                        folders.add("/opt/flink/plugins/" + jar.replaceFirst("\\.jar$", ""));
                    }
                }
            }
        }
        return folders;
    }

    private static List<String> writableFolders(JsonNode pod) {
        Set<String> empty =
                pod.path("volumes")
                        .valueStream()
                        .filter(volume -> volume.has("emptyDir"))
                        .map(volume -> volume.path("name").asText())
                        .collect(Collectors.toSet());
        return pod.at("/containers/0/volumeMounts")
                .valueStream()
                .filter(mount -> empty.contains(mount.path("name").asText()))
                .map(mount -> mount.path("mountPath").asText())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("flinkDeployments")
    void settingsThatConfigYamlHasTooAreTheSame(JsonNode resource) throws IOException {
        Map<String, String> shared = new TreeMap<>();
        flatten(
                "",
                YAML.readTree(Home.folder().resolve("flink-conf/config.yaml").toFile()),
                shared);
        JsonNode settings = resource.at("/spec/flinkConfiguration");
        shared.keySet().removeIf(key -> !settings.has(key) || OF_THE_PLACE.contains(key));
        assertThat(shared).hasSizeGreaterThan(10);
        shared.forEach(
                (key, value) -> assertThat(settings.path(key).asText()).as(key).isEqualTo(value));
    }

    /** The job's --file-interval is the interval, whatever the cluster says. */
    @Test
    void noClusterOfTheArchiveSaysItsCheckpointInterval() throws IOException {
        assertThat(
                        flinkDeployments()
                                .filter(
                                        resource ->
                                                resource.at("/spec/flinkConfiguration")
                                                        .has("execution.checkpointing.interval"))
                                .map(resource -> resource.at("/metadata/name").asText()))
                .containsExactly("wikiflow-rankings");
    }

    @Test
    void nobodyConnectsWithoutAPolicy() throws IOException {
        Map<String, JsonNode> policies = new TreeMap<>();
        resources("NetworkPolicy")
                .forEach(policy -> policies.put(policy.at("/metadata/name").asText(), policy));
        JsonNode nobody = policies.remove("wikiflow-nobody").path("spec");
        assertThat(nobody.path("podSelector").isEmpty()).isTrue();
        assertThat(nobody.has("ingress")).isFalse();
        assertThat(policies.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(flinkDeployments(), deployments())
                                .map(resource -> resource.at("/metadata/name").asText())
                                .toList());
        policies.forEach(
                (name, policy) -> {
                    assertThat(policy.at("/spec/podSelector/matchLabels/app").asText())
                            .isEqualTo(name);
                    for (JsonNode rule : policy.at("/spec/ingress")) {
                        assertThat(rule.path("from")).as(name).isNotEmpty();
                    }
                });
    }

    @Test
    void allFilesAreApplied() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(
                            YAML.readTree(FOLDER.resolve("kustomization.yaml").toFile())
                                    .path("resources")
                                    .valueStream()
                                    .map(JsonNode::asText))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".yaml"))
                                    .filter(name -> !name.equals("kustomization.yaml"))
                                    .toList());
        }
    }

    private static final List<String> OF_THE_PLACE =
            List.of(
                    "taskmanager.numberOfTaskSlots",
                    "metrics.reporters",
                    "web.submit.enable",
                    "wikiflow.rest.allowed-hosts");

    private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
        if (!node.isObject()) {
            settings.put(prefix, node.asText());
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            flatten(
                    prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                    field.getValue(),
                    settings);
        }
    }
}
