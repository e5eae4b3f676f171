package io.github.wikiflow.events.change;

import io.github.wikiflow.events.text.PlainText;
import java.util.Objects;

/**
 * Bytes that cannot be repaired into a change. Its message is the reason, one line for a human; it
 * goes into the header of the dead letter. It has no stack trace: bad input is data, not a fault of
 * the program, and may come in masses.
 */
public final class MalformedChange extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedChange(String reason) {
        super(PlainText.escape(reason), null, false, false);
    }

    /** The reason; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
