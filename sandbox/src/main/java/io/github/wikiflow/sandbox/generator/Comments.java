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

    static Comment ofEdit(Wiki wiki, Draws draws) {
        String word = wiki.script().word(draws);
        switch (draws.below(10)) {
            case 0:
                return Comment.NONE;
            case 1, 2:
                return plain(word);
            case 3, 4, 5:
                {
                    String text = word + " (" + draws.below(10_000) + ")";
                    return new Comment(
                            "/* " + word + " */ " + text,
                            "<span dir=\"auto\"><span class=\"autocomment\"><a href=\"/wiki/Talk:Harbour#s\">→"
                                    + escape(word)
                                    + "</a>: </span></span> "
                                    + escape(text));
                }
            case 6, 7, 8:
                {
                    int item = draws.below(100_000_000);
                    return new Comment(
                            "/* wbsetclaim-create:2||1 */ [[Property:P31]]: [[Q"
                                    + item
                                    + "]] ([[:toollabs:editgroups/b/QSv2/"
                                    + item
                                    + "|details]])",
                            "‎<span dir=\"auto\"><span class=\"autocomment\">Created claim: </span></span>"
                                    + " <a href=\"/wiki/Property:P31\" title=\"Property:P31\">Property:P31</a>:"
                                    + " <a href=\"/wiki/Q"
                                    + item
                                    + "\" title=\"Q"
                                    + item
                                    + "\">Q"
                                    + item
                                    + "</a> (<a href=\"https://editgroups.toolforge.org/b/QSv2/"
                                    + item
                                    + "\" class=\"extiw\" title=\"toollabs:editgroups/b/QSv2/"
                                    + item
                                    + "\">details</a>)");
                }
            default:
                return plain(
                        switch (draws.below(10)) {
                            case 0 -> draws.oneOf(ATTACKS);
                            case 1, 2, 3, 4 -> essay(wiki, draws);
                            default -> word + "; " + word + " 👍";
                        });
        }
    }

    static Comment ofCategorization(Page member, Draws draws) {
        String change = draws.chance(0.7) ? " added to category" : " removed from category";
        return new Comment(
                "[[:" + member.title() + "]]" + change,
                "<a href=\"/wiki/"
                        + member.path()
                        + "\" title=\""
                        + escape(member.title())
                        + "\">"
                        + escape(member.title())
                        + "</a>"
                        + change);
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
