package io.github.wikiflow.sandbox.stream.fault;

import org.jspecify.annotations.Nullable;

/** What goes wrong in a server's life. Called by the threads of all connections. */
public interface FaultPlan {

    /** A server without faults. */
    FaultPlan NONE =
            new FaultPlan() {
                @Override
                public @Nullable ErrorAnswer refusal(@Nullable String lastEventId) {
                    return null;
                }

                @Override
                public FaultScript script() {
                    return FaultScript.NONE;
                }
            };

    /**
     * The answer instead of the stream; null to serve it. Called once for each request.
     *
     * @param lastEventId of the request; null without
     */
    @Nullable ErrorAnswer refusal(@Nullable String lastEventId);

    /** The faults of the next connection. Called once for each that is served. */
    FaultScript script();
}
