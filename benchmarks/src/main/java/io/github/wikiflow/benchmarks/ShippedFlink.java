package io.github.wikiflow.benchmarks;

import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;

/** How the project configures Flink. */
public final class ShippedFlink {

    private ShippedFlink() {}

    /**
     * What the project's configuration says.
     *
     * @param home the project's folder
     */
    public static Configuration configuration(Path home) {
        return GlobalConfiguration.loadConfiguration(home.resolve("flink-conf").toString());
    }

    /**
     * The options for the JVM of a TaskManager.
     *
     * @param home the project's folder
     */
    public static List<String> taskManagerOptions(Path home) {
        return List.of(
                configuration(home).get(CoreOptions.FLINK_TM_JVM_OPTIONS).trim().split("\\s+"));
    }
}
