package io.github.wikiflow.sandbox.stream.fault;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Faults of all kinds at random distances. The same seed gives the same faults on the n-th
 * connection and the same answer to the n-th request. Thread-safe.
 */
public final class RandomFaults implements FaultPlan {

    private static final int[] STATUSES = {400, 403, 429, 500, 503};

    /** One request in so many is refused. */
    private static final int REQUESTS_PER_REFUSAL = 5;

    private final Random random;
    private final int meanDistance;

    /**
     * @param meanDistance events between two faults of a connection on average; at least 1
     */
    public RandomFaults(long seed, int meanDistance) {
        this.random = new Random(seed);
        this.meanDistance = meanDistance;
    }

    @Override
    public synchronized @Nullable ErrorAnswer refusal(@Nullable String lastEventId) {
        if (random.nextInt(REQUESTS_PER_REFUSAL) > 0) {
            return null;
        }
        return new ErrorAnswer(STATUSES[random.nextInt(STATUSES.length)], "refused at random");
    }

    @Override
    public synchronized FaultScript script() {
        return new RandomScript(new Random(random.nextLong()), meanDistance);
    }

    private static final class RandomScript implements FaultScript {

        private final Random random;
        private final int meanDistance;
        private long next;

        RandomScript(Random random, int meanDistance) {
            this.random = random;
            this.meanDistance = meanDistance;
            next = distance();
        }

        @Override
        public @Nullable Fault due(long eventsSent) {
            if (eventsSent < next) {
                return null;
            }
            next = eventsSent + distance();
            return Fault.random(random);
        }

        private int distance() {
            return 1 + random.nextInt(2 * meanDistance);
        }
    }
}
