package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.sandbox.stream.fault.Refusal;

/** A request is not answered with the stream. */
final class RequestRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RequestRefused(Refusal refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    /** The client asked for something that does not exist or cannot be read. */
    static RequestRefused badRequest(String reason) {
        return new RequestRefused(new Refusal(400, reason));
    }

    Refusal refusal() {
        return refusal;
    }
}
