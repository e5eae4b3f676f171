package io.github.wikiflow.events.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.kafka.KafkaOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class OptionsTest {

    @TempDir private Path folder;

    @Command(name = "sample", mixinStandardHelpOptions = true)
    static final class Sample implements Callable<Integer> {
        @Mixin private KafkaOptions kafka;

        @Option(names = "--wait-time", defaultValue = "10s", converter = DurationConverter.class)
        private Duration waitTime;

        @Option(names = "--fail")
        private String failure;

        private Properties properties;

        @Override
        public Integer call() {
            properties = kafka.clientProperties();
            if ("operation".equals(failure)) {
                throw new OperationException("broker b:1 does not answer;\n start it");
            }
            if ("unforeseen".equals(failure)) {
                throw new IllegalStateException("odd");
            }
            return 0;
        }
    }

    private final Sample sample = new Sample();
    private final StringWriter err = new StringWriter();

    @Test
    void worksOnLocalhostWithoutAnyOption() {
        assertThat(run(Map.of())).isZero();
        assertThat(sample.properties)
                .containsOnly(Map.entry("bootstrap.servers", "localhost:9092"));
        assertThat(sample.waitTime).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesWhatIsNotGivenFromTheEnvironment() {
        Map<String, String> environment =
                Map.of("WIKIFLOW_BOOTSTRAP_SERVERS", "kafka:1", "WIKIFLOW_WAIT_TIME", "3min");
        assertThat(run(environment, "--wait-time", "2h")).isZero();
        assertThat(sample.properties).containsEntry("bootstrap.servers", "kafka:1");
        assertThat(sample.waitTime).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void countsAnEmptyVariableAsNotSet() {
        assertThat(run(Map.of("WIKIFLOW_WAIT_TIME", ""))).isZero();
        assertThat(sample.waitTime).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void readsFurtherKafkaSettingsFromAFile() throws Exception {
        Path file = Files.writeString(folder.resolve("kafka.properties"), "sasl.mechanism=PLAIN\n");
        assertThat(run(Map.of(), "--kafka-properties", file.toString())).isZero();
        assertThat(sample.properties)
                .containsOnly(
                        Map.entry("bootstrap.servers", "localhost:9092"),
                        Map.entry("sasl.mechanism", "PLAIN"));
    }

    @Test
    void endsWithUsageWhenTheKafkaFileIsMissing() {
        assertThat(run(Map.of(), "--kafka-properties", "/no/such")).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "sample: --kafka-properties: cannot read '/no/such' (NoSuchFileException);"
                                + " name a readable Java properties file"
                                + System.lineSeparator());
    }

    @Test
    void endsWithOneLineForAnUnknownOption() {
        assertThat(run(Map.of(), "--nonsense")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("sample: Unknown option: '--nonsense'; see --help");
    }

    @Test
    void endsWithOneLineForABadValue() {
        assertThat(run(Map.of("WIKIFLOW_WAIT_TIME", "soon"))).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "sample: Invalid value for option '--wait-time': 'soon' is not a duration;"
                                + " write a number and ms, s, min, h or d, such as 10min; see --help");
    }

    @Test
    void endsWithOneLineWhenTheOutsideWorldFails() {
        assertThat(run(Map.of(), "--fail", "operation")).isEqualTo(1);
        assertThat(err.toString().lines())
                .containsExactly("sample: broker b:1 does not answer; start it");
    }

    @Test
    void endsWithOneLineWhenNobodyForesawIt() {
        assertThat(run(Map.of(), "--fail", "unforeseen")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly("sample: IllegalStateException: odd");
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "20s,PT20S", "10 min,PT10M", "1h,PT1H", "7d,PT168H"})
    void readsDurations(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    private int run(Map<String, String> environment, String... arguments) {
        CommandLine commandLine = CommandRunner.commandLine(sample, environment);
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
