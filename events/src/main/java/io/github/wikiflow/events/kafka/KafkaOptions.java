package io.github.wikiflow.events.kafka;

import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How every process reaches Kafka: a picocli mixin, so that each has the same options. */
public final class KafkaOptions {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT[,...]",
            defaultValue = "localhost:9092",
            description = "Kafka brokers to connect to first (default: ${DEFAULT-VALUE}).")
    private String bootstrapServers;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description =
                    "Java properties file with further settings for every Kafka client, such as TLS and SASL;"
                            + " secrets belong here and not in arguments.")
    private @Nullable Path propertiesFile;

    /** The brokers to connect to first. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * The settings that all clients share: those of the file, and the bootstrap servers unless the
     * file has them.
     *
     * @return a new object for the caller to add to
     * @throws UsageException if the file cannot be read
     */
    public Properties clientProperties() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        if (propertiesFile != null) {
            try (Reader reader = Files.newBufferedReader(propertiesFile, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new UsageException(
                        "--kafka-properties: cannot read '%s' (%s); name a readable Java properties file"
                                .formatted(propertiesFile, e.getClass().getSimpleName()));
            }
        }
        return properties;
    }
}
