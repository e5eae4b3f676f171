package io.github.wikiflow.events.options;

import org.jspecify.annotations.Nullable;

/**
 * Something outside the program is missing or broken. Its message is one line that names what,
 * where and the remedy.
 */
public final class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OperationException(@Nullable String message) {
        super(message);
    }

    public OperationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
