package io.github.wikiflow.events.change;

/**
 * The few fields of a change that a ranking needs; what {@link WikiChange} holds of the same event,
 * it holds too.
 *
 * @param timestamp epoch seconds, as in {@link WikiChange#timestamp()}
 * @param type may be null
 * @param wiki may be null
 * @param title may be null
 * @param user may be null
 * @param bot whether the change carries the bot flag; false when the event does not say
 */
public record ChangeSummary(
        long timestamp, Utf8 type, Utf8 wiki, Utf8 title, Utf8 user, boolean bot) {

    /** The summary with its texts as UTF-8. */
    public static ChangeSummary of(
            long timestamp, String type, String wiki, String title, String user, boolean bot) {
        return new ChangeSummary(
                timestamp, Utf8.of(type), Utf8.of(wiki), Utf8.of(title), Utf8.of(user), bot);
    }
}
