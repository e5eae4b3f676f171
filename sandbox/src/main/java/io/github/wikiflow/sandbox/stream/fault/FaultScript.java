package io.github.wikiflow.sandbox.stream.fault;

import org.jspecify.annotations.Nullable;

/** The faults of one connection. Used by one thread. */
@FunctionalInterface
public interface FaultScript {

    /** A connection without faults. */
    FaultScript NONE = eventsSent -> null;

    /**
     * The fault that is due now; null for none. Called before each event, and again after each
     * fault until there is none.
     *
     * @param eventsSent events of the log sent on this connection so far
     */
    @Nullable Fault due(long eventsSent);
}
