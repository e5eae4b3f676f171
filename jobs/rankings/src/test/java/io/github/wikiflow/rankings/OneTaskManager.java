package io.github.wikiflow.rankings;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;

/** A Flink cluster in this JVM, for the tests of one class. */
final class OneTaskManager {

    private OneTaskManager() {}

    static MiniClusterExtension withSlots(int slots) {
        return withSlots(slots, new Configuration());
    }

    /**
     * @param configuration of the cluster, on top of Flink's defaults for tests
     */
    static MiniClusterExtension withSlots(int slots, Configuration configuration) {
        return new MiniClusterExtension(
                new MiniClusterResourceConfiguration.Builder()
                        .setConfiguration(configuration)
                        .setNumberTaskManagers(1)
                        .setNumberSlotsPerTaskManager(slots)
                        .build());
    }
}
