package io.github.wikiflow.faults.process;

import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultPlan;
import io.github.wikiflow.sandbox.stream.fault.FaultScript;
import io.github.wikiflow.sandbox.stream.fault.Refusal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Faults of the stream that are ordered while it is served; each happens once. Thread-safe. */
final class OrderedFaults implements FaultPlan {

    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    /** Before the next event that any connection sends. */
    void order(Fault fault) {
        faults.add(fault);
    }

    /** Instead of the stream, at the next request. */
    void order(Refusal refusal) {
        refusals.add(refusal);
    }

    @Override
    public Refusal refusal(String lastEventId) {
        return refusals.poll();
    }

    @Override
    public FaultScript script() {
        return eventsSent -> faults.poll();
    }
}
