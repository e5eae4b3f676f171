package io.github.wikiflow.jobs;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Makes sure that a job takes checkpoints: without them nothing would ever be committed. */
public final class CheckpointDefaults {

    /**
     * What is used when neither the cluster's configuration nor the submission sets an interval.
     */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private CheckpointDefaults() {}

    /** Sets {@link #INTERVAL} where no interval is set. */
    public static void apply(StreamExecutionEnvironment environment) {
        ReadableConfig configuration = environment.getConfiguration();
        if (configuration.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL).isEmpty()) {
            Configuration defaults = new Configuration();
            defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
            environment.configure(defaults);
        }
    }
}
