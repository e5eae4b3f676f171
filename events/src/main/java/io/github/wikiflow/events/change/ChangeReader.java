package io.github.wikiflow.events.change;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event's JSON without making objects of its values. It accepts and rejects exactly the
 * bytes that {@link WikiChangeParser} does, and finds the same values: what a scanner made for
 * usual events is not sure of, it leaves to that parser.
 *
 * <p>Not thread-safe.
 */
public final class ChangeReader {

    private final ChangeScanner scanner;
    private final WikiChangeParser parser = new WikiChangeParser();

    /** Reads all fields. */
    public ChangeReader() {
        this(EnumSet.allOf(ChangeField.class));
    }

    /**
     * Reads some fields; of the others it makes sure that they are JSON.
     *
     * @param fields what will be asked for
     */
    public ChangeReader(Set<ChangeField> fields) {
        scanner = new ChangeScanner(fields);
    }

    /**
     * Reads one event.
     *
     * @param json UTF-8; may be null or empty, which is malformed
     * @return valid until the next call
     * @throws MalformedChange as {@link WikiChangeParser#parse} does
     */
    public ChangeValues read(byte @Nullable [] json) throws MalformedChange {
        return json != null && scanner.scan(json, 0, json.length)
                ? scanner
                : new ParsedChange(parser.parse(json));
    }

    /**
     * Reads one event that stands in an array which may hold more.
     *
     * @param array holds the event as UTF-8
     * @param start where in the array the event starts
     * @param end where it ends, exclusive
     * @return valid until the next call
     * @throws MalformedChange as {@link WikiChangeParser#parse} does
     */
    public ChangeValues read(byte[] array, int start, int end) throws MalformedChange {
        return scanner.scan(array, start, end)
                ? scanner
                : new ParsedChange(parser.parse(Arrays.copyOfRange(array, start, end)));
    }
}
