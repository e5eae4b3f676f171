package io.github.wikiflow.events.options;

import org.jspecify.annotations.Nullable;

/**
 * An option that cannot be used. Its message is one line that names the option, the value and the
 * remedy.
 */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UsageException(@Nullable String message) {
        super(message);
    }
}
