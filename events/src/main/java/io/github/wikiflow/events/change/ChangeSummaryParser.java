package io.github.wikiflow.events.change;

import java.util.EnumSet;

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
    public ChangeSummary parse(byte[] json) throws MalformedChange {
        ChangeValues values = reader.read(json);
        return new ChangeSummary(
                values.timestamp(),
                values.text(ChangeField.TYPE),
                values.text(ChangeField.WIKI),
                values.text(ChangeField.TITLE),
                values.text(ChangeField.USER),
                values.has(ChangeField.BOT) && values.isTrue(ChangeField.BOT));
    }
}
