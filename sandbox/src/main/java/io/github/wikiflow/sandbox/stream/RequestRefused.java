package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;

/** A request is not answered with the stream. */
final class RequestRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ErrorAnswer refusal;

    RequestRefused(ErrorAnswer refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    /** The client asked for something that does not exist or cannot be read. */
    static RequestRefused badRequest(String reason) {
        return new RequestRefused(new ErrorAnswer(400, reason));
    }

    ErrorAnswer refusal() {
        return refusal;
    }
}
