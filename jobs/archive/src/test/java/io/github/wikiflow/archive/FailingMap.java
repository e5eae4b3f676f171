package io.github.wikiflow.archive;

import io.github.wikiflow.jobs.RawChange;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Fails the job again and again at records that a random generator chooses. The counts are of the
 * whole JVM, as a restarted task is another object.
 */
final class FailingMap implements MapFunction<RawChange, RawChange> {

    private static final long serialVersionUID = 1L;

    private static final AtomicInteger RECORDS = new AtomicInteger();
    private static final AtomicInteger FAILURES = new AtomicInteger();

    private final int[] failAt;

    /**
     * @param records how many records pass before the first failure, and between two, at most
     */
    FailingMap(Random random, int failures, int records) {
        RECORDS.set(0);
        FAILURES.set(0);
        failAt = random.ints(failures, 1, records).toArray();
    }

    /** How often the job has failed. */
    static int failures() {
        return FAILURES.get();
    }

    @Override
    public RawChange map(RawChange change) {
        int failures = FAILURES.get();
        if (failures < failAt.length && RECORDS.incrementAndGet() >= failAt[failures]) {
            if (FAILURES.compareAndSet(failures, failures + 1)) {
                RECORDS.set(0);
                throw new IllegalStateException("injected failure " + (failures + 1));
            }
        }
        return change;
    }
}
