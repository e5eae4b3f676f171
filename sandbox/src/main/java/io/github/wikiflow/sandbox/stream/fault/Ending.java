package io.github.wikiflow.sandbox.stream.fault;

/** How a connection ends. */
public enum Ending {
    /** The body ends as HTTP wants it, with its last chunk. */
    COMPLETE,
    /** The connection is closed within the body, as the real service's front does when it cuts. */
    CLOSED,
    /** The connection is reset: what the client has not read yet may be lost. */
    RESET
}
