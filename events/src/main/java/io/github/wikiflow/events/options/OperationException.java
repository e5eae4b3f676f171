package io.github.wikiflow.events.options;

/**
 * Something outside the program is missing or broken. Its message is one line that names what,
 * where and the remedy.
 */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OperationException(String message) {
        super(message);
    }

    public OperationException(String message, Throwable cause) {
        super(message, cause);
    }
}
