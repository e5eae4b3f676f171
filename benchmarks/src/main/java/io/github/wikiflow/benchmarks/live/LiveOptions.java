package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.options.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the measured pipeline is set up: a picocli mixin. */
final class LiveOptions {

    @Option(
            names = "--file-interval",
            paramLabel = "DURATION",
            defaultValue = "1min",
            description =
                    "How long a row waits at most for its file in the lake (default:"
                            + " ${DEFAULT-VALUE}, as in ./wikiflow up).")
    private String fileInterval;

    @Option(
            names = "--flink-options",
            paramLabel = "KEY=VALUE[,...]",
            split = ",",
            description =
                    "Settings of Flink other than those in flink-conf/config.yaml, such as"
                            + " execution.checkpointing.interval=1s (default: none).")
    private @Nullable List<String> flinkOptions;

    /** As the archive takes it. */
    String fileInterval() {
        return fileInterval;
    }

    /**
     * Flink's settings that differ from those that are shipped.
     *
     * @throws UsageException if one is no KEY=VALUE
     */
    Map<String, String> flinkSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String option : flinkOptions == null ? List.<String>of() : flinkOptions) {
            String[] parts = option.split("=", 2);
            if (parts.length < 2) {
                throw new UsageException("--flink-options: '%s' is no KEY=VALUE".formatted(option));
            }
            settings.put(parts[0], parts[1]);
        }
        return settings;
    }
}
