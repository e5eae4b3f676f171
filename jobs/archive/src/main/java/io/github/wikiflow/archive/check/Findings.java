package io.github.wikiflow.archive.check;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a look at a lake finds, a line each as soon as it is found.
 *
 * <p>Not thread-safe.
 */
final class Findings {

    private final PrintWriter out;
    private boolean none = true;

    Findings(PrintWriter out) {
        this.out = out;
    }

    /** Something is wrong; the line names where, what and the remedy. */
    void wrong(String line, @Nullable Object... values) {
        none = false;
        say("BAD   ", line, values);
    }

    /** Something that a person should know, and that may well be as it should. */
    void note(String line, @Nullable Object... values) {
        say("note  ", line, values);
    }

    /** Something is right. */
    void fine(String line, @Nullable Object... values) {
        say("ok    ", line, values);
    }

    /** Whether nothing is wrong. */
    boolean none() {
        return none;
    }

    private void say(String mark, String line, @Nullable Object... values) {
        out.println(mark + line.formatted(values));
        out.flush();
    }
}
