package io.github.wikiflow.sandbox.stream.fault;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Faults that a test orders one by one, before or while the server runs. What has been used up is
 * over: later requests are served without faults. Thread-safe.
 */
public final class ScriptedFaults implements FaultPlan {

    private final Queue<ErrorAnswer> refusals = new ArrayDeque<>();
    private final Queue<FaultScript> scripts = new ArrayDeque<>();
    private int positionsToRefuse;

    /** Answers the next requests with a status of HTTP. */
    public synchronized ScriptedFaults refuseNext(int requests, int status) {
        for (int i = 0; i < requests; i++) {
            refusals.add(new ErrorAnswer(status, "refused by the test's script"));
        }
        return this;
    }

    /** Answers the next requests that carry a {@code Last-Event-ID} with 400. */
    public synchronized ScriptedFaults refusePositions(int requests) {
        positionsToRefuse += requests;
        return this;
    }

    /** Gives these faults to the next connection that has none yet; call again for those after. */
    public synchronized ScriptedFaults onNextConnection(FaultScript script) {
        scripts.add(script);
        return this;
    }

    @Override
    public synchronized @Nullable ErrorAnswer refusal(@Nullable String lastEventId) {
        if (!refusals.isEmpty()) {
            return refusals.remove();
        }
        if (positionsToRefuse > 0 && lastEventId != null) {
            positionsToRefuse--;
            return new ErrorAnswer(400, "the position is refused by the test's script");
        }
        return null;
    }

    @Override
    public synchronized FaultScript script() {
        return scripts.isEmpty() ? FaultScript.NONE : scripts.remove();
    }
}
