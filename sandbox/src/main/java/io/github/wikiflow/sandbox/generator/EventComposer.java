package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Comment;
import io.github.wikiflow.sandbox.generator.EventContent.Edit;
import io.github.wikiflow.sandbox.generator.EventContent.Envelope;
import io.github.wikiflow.sandbox.generator.EventContent.LogEntry;
import io.github.wikiflow.sandbox.generator.EventContent.Page;
import io.github.wikiflow.sandbox.generator.EventContent.Wiki;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an event says: who changed which page of which wiki in which way. Which fields a
 * type has, and how often, is as measured on recorded events.
 *
 * <p>Thread-safe.
 */
final class EventComposer {

    /** Shares of types, added up: 55 % edit, 38 % categorize, 5 % log, 2 % new, rarely a number. */
    private static final double EDIT = 0.55;

    private static final double CATEGORIZE = 0.9295;
    private static final double LOG = 0.9795;
    private static final double NEW = 0.9995;

    private static final double LOG_WITHOUT_ID = 0.42;
    private static final double PATROLLED_KNOWN = 0.75;
    private static final double BOT_CHANGE_WITHOUT_FLAG = 0.03;
    private static final double HUMAN_CHANGE_WITH_FLAG = 0.002;

    /** Beyond an int, as those of Commons are. */
    private static final long FIRST_ID = 3_119_682_335L;

    private static final long FIRST_REVISION = 1_131_474_323L;
    private static final long FIRST_LOG_ID = 345_404_889L;

    private final double redactedShare;
    private final Wikis wikis;
    private final Users users;
    private final Pages pages;

    EventComposer(Workload workload) {
        redactedShare = workload.redactedShare();
        wikis = new Wikis(workload.wikis());
        users = new Users(workload);
        pages = new Pages(workload.pages());
    }

    EventContent compose(long index, EventKind kind, long timestamp, Envelope meta, Draws draws) {
        String type = kind == EventKind.ANCIENT ? "log" : type(draws);
        boolean isEdit = type.equals("edit") || type.equals("new");
        boolean isLog = type.equals("log");
        int user = users.draw(draws);
        boolean bot =
                draws.chance(
                        users.isBot(user) ? 1 - BOT_CHANGE_WITHOUT_FLAG : HUMAN_CHANGE_WITH_FLAG);
        @Nullable String name = draws.chance(redactedShare) ? null : users.name(user);
        Wiki wiki = wikis.draw(draws);
        Page page = isEdit || isLog ? pages.draw(wiki, draws) : pages.drawCategory(wiki, draws);
        Comment comment =
                isEdit || isLog
                        ? Comments.ofChange(wiki, draws)
                        : Comments.ofCategorization(pages.draw(wiki, draws), draws);
        @Nullable Long id =
                isLog && draws.chance(LOG_WITHOUT_ID) ? null : Long.valueOf(FIRST_ID + index);
        @Nullable Edit edit = isEdit ? edit(index, type.equals("new"), draws) : null;
        return new EventContent(
                meta,
                id,
                type,
                page,
                comment,
                timestamp,
                name,
                bot,
                isLog ? null : notifyUrl(wiki, index, FIRST_ID + index, edit),
                edit,
                isLog ? log(index, page, comment, draws) : null);
    }

    private static String type(Draws draws) {
        double quantile = draws.unit();
        if (quantile < EDIT) {
            return "edit";
        } else if (quantile < CATEGORIZE) {
            return "categorize";
        } else if (quantile < LOG) {
            return "log";
        }
        return quantile < NEW ? "new" : "142";
    }

    private static Edit edit(long index, boolean isNew, Draws draws) {
        long length = draws.between(100, 60_000);
        long revision = FIRST_REVISION + index;
        return new Edit(
                draws.chance(0.3),
                draws.chance(PATROLLED_KNOWN) ? draws.chance(0.8) : null,
                isNew ? null : Math.max(0, length + draws.between(-500, 300)),
                length,
                isNew ? null : revision - draws.between(1, 100_000_000),
                revision);
    }

    private static String notifyUrl(Wiki wiki, long index, long id, @Nullable Edit edit) {
        String url = wiki.serverUrl() + "/w/index.php?";
        if (edit == null) {
            return url + "diff=" + (FIRST_REVISION + index) + "&oldid=0&rcid=" + id;
        } else if (edit.oldRevision() == null) {
            return url + "oldid=" + edit.newRevision() + "&rcid=" + id;
        }
        url += "diff=" + edit.newRevision() + "&oldid=" + edit.oldRevision();
        return edit.patrolled() == null ? url : url + "&rcid=" + id;
    }

    private static LogEntry log(long index, Page page, Comment comment, Draws draws) {
        long id = FIRST_LOG_ID + index;
        String link = "[[" + page.title() + "]]";
        return switch (draws.below(8)) {
            case 0 ->
                    new LogEntry(
                            id,
                            "patrol",
                            "patrol",
                            "marked revision " + id + " of " + link + " patrolled ",
                            "{\"curid\":\""
                                    + id
                                    + "\",\"previd\":\""
                                    + (id - 7)
                                    + "\",\"auto\":0}");
            case 1 ->
                    new LogEntry(
                            id,
                            "move",
                            "move",
                            "moved " + link + ": " + comment.text(),
                            "{\"target\":"
                                    + JsonBuffer.quote(page.title() + " (Ж𝄞\"\\)")
                                    + ",\"noredir\":\"0\"}");
            case 2 ->
                    new LogEntry(
                            id,
                            "review",
                            "approve",
                            "reviewed " + link,
                            "[" + (id + 5) + "," + (id + 2) + ",\"20260101000000\"]");
            case 3 -> new LogEntry(id, "thanks", "thank", "thanked someone for " + link, "[]");
            case 4 ->
                    new LogEntry(
                            id,
                            "upload",
                            "overwrite",
                            "uploaded a new version of " + link + ": " + comment.text(),
                            "{\"img_sha1\":\""
                                    + Long.toString(draws.bits() >>> 1, 36)
                                    + "\",\"img_timestamp\":\"20260101000000\"}");
            case 5 ->
                    new LogEntry(
                            id,
                            "block",
                            "block",
                            "blocked " + link + " (3 days)",
                            "{\"duration\":\"3 days\",\"flags\":\"nocreate,nousertalk\",\"sitewide\":true}");
            case 6 ->
                    // The abuse filter numbers its entries elsewhere.
                    new LogEntry(
                            0,
                            "abusefilter",
                            "hit",
                            "triggered [[Special:AbuseFilter/113|filter 113]] on " + link,
                            "{\"action\":\"edit\",\"actions\":\"\",\"filter\":113,\"log\":"
                                    + id
                                    + "}");
            default -> new LogEntry(id, "newusers", "create", "New user account", null);
        };
    }
}
