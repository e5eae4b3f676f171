package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Page;
import io.github.wikiflow.sandbox.generator.EventContent.Wiki;
import java.nio.charset.StandardCharsets;

/** The pages of the wikis of a workload; each is a pure function of its wiki and its rank there. */
final class Pages {

    /** Flat: four of five changes of a minute are to different pages. */
    private static final double SKEW = 1.1;

    private static final double SHIFT = 2.5;

    /** Keeps the draws for pages apart from those for events. */
    private static final long SALT = 0x7061676573L;

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final int CATEGORY = 14;
    private static final int FILE = 6;

    private final ZipfRanks ranks;

    Pages(int pagesPerWiki) {
        ranks = new ZipfRanks(pagesPerWiki, SKEW, SHIFT);
    }

    Page draw(Wiki wiki, Draws draws) {
        int rank = ranks.at(draws.unit());
        Draws own = new Draws(SALT, rank);
        if (wiki.name().equals("wikidatawiki")) {
            return page(wiki, 0, "Q" + (1_000_000 + rank));
        }
        String name = wiki.script().word(own) + " " + rank;
        if (wiki.name().equals("commonswiki")) {
            return page(
                    wiki,
                    FILE,
                    "File:" + name + " - DPLA - " + Long.toHexString(own.bits()) + ".jpg");
        }
        return switch (own.below(16)) {
            case 0 -> page(wiki, 1, "Talk:" + name);
            case 1 -> page(wiki, 2, "User:" + name);
            case 2 -> page(wiki, 3, "User talk:" + name);
            case 3 -> page(wiki, 4, "Project:" + name);
            case 4 -> page(wiki, 10, "Template:" + name);
            case 5 -> page(wiki, 0, name + " 🦊");
            case 6 -> page(wiki, 0, name + " <b>&amp;</b>");
            default -> page(wiki, 0, name);
        };
    }

    Page drawCategory(Wiki wiki, Draws draws) {
        int rank = ranks.at(draws.unit());
        return page(
                wiki,
                CATEGORY,
                "Category:" + wiki.script().word(new Draws(SALT, rank)) + " " + rank);
    }

    private static Page page(Wiki wiki, int namespace, String title) {
        return new Page(wiki, namespace, title, path(title));
    }

    /** A title as MediaWiki writes it in URLs. */
    private static String path(String title) {
        StringBuilder out = new StringBuilder(title.length() + 32);
        for (byte b : title.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (c == ' ') {
                out.append('_');
            } else if (c < 0x80
                    && (Character.isLetterOrDigit(c) || ":/_-.,()!*@$;~".indexOf(c) >= 0)) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >>> 4]).append(HEX[c & 15]);
            }
        }
        return out.toString();
    }
}
