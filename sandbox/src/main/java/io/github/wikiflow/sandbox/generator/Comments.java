package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Comment;
import io.github.wikiflow.sandbox.generator.EventContent.Page;
import io.github.wikiflow.sandbox.generator.EventContent.Wiki;

/** What people and bots write about their changes, and the HTML that MediaWiki makes of it. */
final class Comments {

    private static final String[] ATTACKS = {
        "<script>alert(document.domain)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE wiki_changes; --",
        "\u202Etxet desrever\u202C and a null\\u0000, a tab\t, a bell\u0007",
        "=HYPERLINK(\"https://example.org\")"
    };

    private Comments() {}

    /** Of an edit or a log entry. */
    static Comment ofChange(Wiki wiki, Draws draws) {
        String word = wiki.script().word(draws);
        return switch (draws.below(10)) {
            case 0 -> Comment.NONE;
            case 1, 2 -> plain(word);
            case 3, 4, 5 -> section(word, draws.below(10_000));
            case 6, 7, 8 -> claim(draws.below(100_000_000));
            default ->
                    plain(
                            switch (draws.below(10)) {
                                case 0 -> draws.oneOf(ATTACKS);
                                case 1, 2, 3, 4 -> essay(wiki, draws);
                                default -> word + "; " + word + " 👍";
                            });
        };
    }

    static Comment ofCategorization(Page member, Draws draws) {
        String change = draws.chance(0.7) ? " added to category" : " removed from category";
        return new Comment(
                "[[:" + member.title() + "]]" + change,
                link("/wiki/" + member.path(), escape(member.title()), escape(member.title()))
                        + change);
    }

    /** As MediaWiki puts it for the edit of a section. */
    private static Comment section(String title, int number) {
        String text = title + " (" + number + ")";
        return new Comment(
                "/* " + title + " */ " + text,
                "<span dir=\"auto\"><span class=\"autocomment\"><a href=\"/wiki/Talk:Harbour#s\">→"
                        + escape(title)
                        + "</a>: </span></span> "
                        + escape(text));
    }

    /** As Wikidata puts it for a new claim that a tool made. */
    private static Comment claim(int number) {
        String item = "Q" + number;
        String batch = "editgroups/b/QSv2/" + number;
        return new Comment(
                "/* wbsetclaim-create:2||1 */ [[Property:P31]]: [["
                        + item
                        + "]] ([[:toollabs:"
                        + batch
                        + "|details]])",
                "\u200E<span dir=\"auto\"><span class=\"autocomment\">Created claim: </span></span>"
                        + " <a href=\"/wiki/Property:P31\" title=\"Property:P31\">Property:P31</a>: "
                        + link("/wiki/" + item, item, item)
                        + " ("
                        + link("https://toolforge.org/" + batch, "toollabs:" + batch, "details")
                        + ")");
    }

    private static String link(String url, String title, String text) {
        return "<a href=\"" + url + "\" title=\"" + title + "\">" + text + "</a>";
    }

    private static Comment plain(String text) {
        return new Comment(text, escape(text));
    }

    /** Some say it at length, up to MediaWiki's limit of 500 characters. */
    private static String essay(Wiki wiki, Draws draws) {
        int length = 100 + draws.below(350);
        StringBuilder out = new StringBuilder(500);
        while (out.length() < length) {
            out.append(wiki.script().word(draws)).append(", ");
        }
        return out.toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
