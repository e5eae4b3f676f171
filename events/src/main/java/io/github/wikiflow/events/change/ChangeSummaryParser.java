package io.github.wikiflow.events.change;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads of an event's JSON only what a ranking needs. It accepts and rejects exactly the bytes that
 * {@link WikiChangeParser} does, so that the rankings count what the lake holds.
 *
 * <p>Not thread-safe.
 */
public final class ChangeSummaryParser {

    private final ChangeReader reader =
            new ChangeReader(
                    EnumSet.of(
                            ChangeField.TYPE,
                            ChangeField.WIKI,
                            ChangeField.TITLE,
                            ChangeField.USER,
                            ChangeField.BOT));

    /**
     * Parses one event.
     *
     * @param json UTF-8; may be null or empty, which is malformed; not to be changed afterwards,
     *     since the summary's texts stay in it
     * @throws MalformedChange as {@link WikiChangeParser#parse} does
     */
    public ChangeSummary parse(byte @Nullable [] json) throws MalformedChange {
        return summary(reader.read(json));
    }

    /**
     * Parses one event that stands in an array which may hold more.
     *
     * @param array holds the event as UTF-8; not to be changed afterwards, since the summary's
     *     texts stay in it
     * @param start where in the array the event starts
     * @param end where it ends, exclusive
     * @throws MalformedChange as {@link WikiChangeParser#parse} does
     */
    public ChangeSummary parse(byte[] array, int start, int end) throws MalformedChange {
        return summary(reader.read(array, start, end));
    }

    private static ChangeSummary summary(ChangeValues values) {
        return new ChangeSummary(
                values.timestamp(),
                values.text(ChangeField.TYPE),
                values.text(ChangeField.WIKI),
                values.text(ChangeField.TITLE),
                values.text(ChangeField.USER),
                values.has(ChangeField.BOT) && values.isTrue(ChangeField.BOT));
    }
}
