package io.github.wikiflow.benchmarks.live;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Tells how old the newest changes are that the archive has taken for good, at each checkpoint. */
final class CommitWatch extends Watch {

    private static final long LOOK_MILLIS = 50;

    private final CommittedOffsets committed;
    private final Arrivals arrivals;
    private final OutputAge age;
    private Map<Integer, Long> last = Map.of();

    /**
     * @param client what a Kafka client needs
     * @param age told on this watch's thread
     */
    CommitWatch(Properties client, Arrivals arrivals, OutputAge age) {
        this.committed = new CommittedOffsets(client);
        this.arrivals = arrivals;
        this.age = age;
    }

    @Override
    void look() throws Exception {
        Map<Integer, Long> now = committed.of(LivePipeline.ARCHIVE);
        if (!now.equals(last)) {
            last = now;
            long newest = Long.MAX_VALUE;
            for (Map.Entry<Integer, Long> offset : now.entrySet()) {
                if (offset.getValue() > 0) {
                    newest =
                            Math.min(
                                    newest,
                                    arrivals.timeBefore(offset.getKey(), offset.getValue()));
                }
            }
            if (newest < Long.MAX_VALUE) {
                age.add(System.currentTimeMillis(), newest);
            }
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    @Override
    void wake() {
        // It does not wait for long.
    }

    @Override
    void release() {
        committed.close();
    }
}
