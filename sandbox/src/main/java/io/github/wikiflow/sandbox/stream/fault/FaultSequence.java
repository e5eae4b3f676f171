package io.github.wikiflow.sandbox.stream.fault;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Faults after given numbers of events, in this order. Used by one thread. */
public final class FaultSequence implements FaultScript {

    /**
     * A fault and its moment.
     *
     * @param eventsSent how many events of the log are sent on the connection before
     */
    public record Step(long eventsSent, Fault fault) {}

    private final Iterator<Step> steps;

    /** Null after the last. */
    private @Nullable Step next;

    /** Steps with ascending moments. */
    public FaultSequence(List<Step> steps) {
        this.steps = List.copyOf(steps).iterator();
        advance();
    }

    /** One fault after so many events. */
    public static FaultSequence after(long eventsSent, Fault fault) {
        return new FaultSequence(List.of(new Step(eventsSent, fault)));
    }

    @Override
    public @Nullable Fault due(long eventsSent) {
        if (next == null || eventsSent < next.eventsSent()) {
            return null;
        }
        Fault fault = next.fault();
        advance();
        return fault;
    }

    private void advance() {
        next = steps.hasNext() ? steps.next() : null;
    }
}
