package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultPlan;
import io.github.wikiflow.sandbox.stream.fault.FaultScript;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Faults of the stream that are ordered while it is served; each happens once, and is then told by
 * its number on the standard output. Thread-safe.
 */
final class OrderedFaults implements FaultPlan {

    private final Queue<Order<Fault>> faults = new ConcurrentLinkedQueue<>();
    private final Queue<Order<ErrorAnswer>> refusals = new ConcurrentLinkedQueue<>();

    private record Order<T>(int number, T what) {}

    /** Before the next event that any connection sends. */
    void order(int number, Fault fault) {
        faults.add(new Order<>(number, fault));
    }

    /** Instead of the stream, at the next request. */
    void order(int number, ErrorAnswer refusal) {
        refusals.add(new Order<>(number, refusal));
    }

    @Override
    public @Nullable ErrorAnswer refusal(@Nullable String lastEventId) {
        return next(refusals);
    }

    @Override
    public FaultScript script() {
        return eventsSent -> next(faults);
    }

    private static <T> @Nullable T next(Queue<Order<T>> orders) {
        Order<T> order = orders.poll();
        if (order == null) {
            return null;
        }
        System.out.println(SourceProcess.done(order.number()));
        return order.what();
    }
}
