package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.harness.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Orders faults of the simulated stream from its process. Thread-safe. */
public final class StreamFaults {

    private static final Duration WITHIN = Duration.ofSeconds(40);
    private static final long LOOK_MILLIS = 100;

    private final SupervisedProcess source;
    private final AtomicInteger orders = new AtomicInteger();

    /**
     * @param source runs {@link SourceProcess}
     */
    public StreamFaults(SupervisedProcess source) {
        this.source = source;
    }

    /**
     * Begins the log anew.
     *
     * @param time of the stream from which on its offsets are lower, not yet published
     * @param lower by how much
     */
    public void beginAnew(CountedAnew count, long time, long lower) {
        // Known here first: a source that starts meanwhile is started with it.
        count.begin(time, lower);
        source.tell("count " + count.toWord());
    }

    /**
     * Orders faults, and waits until all of them have happened. The source forgets what it was
     * ordered when it ends.
     *
     * @return whether they have within 40 s
     */
    public boolean order(List<String> faults) throws IOException, InterruptedException {
        List<String> awaited = new ArrayList<>();
        for (String fault : faults) {
            int number = orders.incrementAndGet();
            source.tell(number + " " + fault);
            awaited.add(SourceProcess.done(number));
        }
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (!Files.readAllLines(source.output()).containsAll(awaited)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }
}
