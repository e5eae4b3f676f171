package io.github.wikiflow.rankings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.SourceReaderOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A Flink cluster in this JVM, for the tests of one class. */
final class OneTaskManager {

    /** As flink-conf/config.yaml has it, and why. */
    private static final long SOURCE_READER_CLOSE_TIMEOUT_MILLIS = 3_000;

    private OneTaskManager() {}

    static MiniClusterExtension withSlots(int slots) {
        return withSlots(slots, new Configuration());
    }

    /**
     * @param configuration of the cluster, on top of Flink's defaults for tests
     */
    static MiniClusterExtension withSlots(int slots, Configuration configuration) {
        Configuration complete = new Configuration(configuration);
        complete.set(
                SourceReaderOptions.SOURCE_READER_CLOSE_TIMEOUT,
                SOURCE_READER_CLOSE_TIMEOUT_MILLIS);
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setConfiguration(complete)
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(slots)
                        .build());
    }
}
