package io.github.wikiflow.events.change;

import org.jspecify.annotations.Nullable;

/**
 * The few fields of a change that a ranking needs; what {@link WikiChange} holds of the same event,
 * it holds too.
 *
 * @param timestamp epoch seconds, as in {@link WikiChange#timestamp()}
 * @param bot whether the change carries the bot flag; false when the event does not say
 */
public record ChangeSummary(
        long timestamp,
        @Nullable Utf8 type,
        @Nullable Utf8 wiki,
        @Nullable Utf8 title,
        @Nullable Utf8 user,
        boolean bot) {

    /** The summary with its texts as UTF-8. */
    public static ChangeSummary of(
            long timestamp,
            @Nullable String type,
            @Nullable String wiki,
            @Nullable String title,
            @Nullable String user,
            boolean bot) {
        return new ChangeSummary(
                timestamp,
                Utf8.ofNullable(type),
                Utf8.ofNullable(wiki),
                Utf8.ofNullable(title),
                Utf8.ofNullable(user),
                bot);
    }
}
