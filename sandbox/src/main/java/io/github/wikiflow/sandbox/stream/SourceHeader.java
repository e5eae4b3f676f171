package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.source.SourceKind;

/** How an answer says that its events are not live. */
final class SourceHeader {

    private SourceHeader() {}

    /** The line of the head with its end; empty for live events, of which nothing is said. */
    static String line(SourceKind kind) {
        return kind == SourceKind.LIVE ? "" : SourceKind.HTTP_HEADER + ": " + kind.label() + "\r\n";
    }
}
