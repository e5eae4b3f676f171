package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.events.ranking.Dimension;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the web address of what a ranking names. The host always comes from this class and never
 * from an event, and whatever an event contributes is percent-encoded, so that an address always is
 * https and always leads to a site of Wikimedia.
 *
 * <p>Database names are {@code <language><project>}, with underscores where the host has hyphens;
 * those in the table are the exceptions. The rule and the exceptions are those of Wikimedia's site
 * matrix (https://meta.wikimedia.org/wiki/Special:SiteMatrix).
 */
public final class WikiSites {

    private static final Pattern BY_LANGUAGE =
            Pattern.compile(
                    "((?:[a-z]{2,3}|simple)(?:_[a-z]{2,12}){0,2})"
                            + "(wiki|wiktionary|wikibooks|wikinews|wikiquote|wikisource|wikiversity|wikivoyage)");

    private static final Map<String, String> EXCEPTIONS =
            Map.ofEntries(
                    Map.entry("be_x_oldwiki", "be-tarask.wikipedia.org"),
                    Map.entry("betawikiversity", "beta.wikiversity.org"),
                    Map.entry("commonswiki", "commons.wikimedia.org"),
                    Map.entry("foundationwiki", "foundation.wikimedia.org"),
                    Map.entry("incubatorwiki", "incubator.wikimedia.org"),
                    Map.entry("mediawikiwiki", "www.mediawiki.org"),
                    Map.entry("metawiki", "meta.wikimedia.org"),
                    Map.entry("outreachwiki", "outreach.wikimedia.org"),
                    Map.entry("sourceswiki", "wikisource.org"),
                    Map.entry("specieswiki", "species.wikimedia.org"),
                    Map.entry("test2wiki", "test2.wikipedia.org"),
                    Map.entry("testcommonswiki", "test-commons.wikimedia.org"),
                    Map.entry("testwiki", "test.wikipedia.org"),
                    Map.entry("testwikidatawiki", "test.wikidata.org"),
                    Map.entry("wikidatawiki", "www.wikidata.org"),
                    Map.entry("wikifunctionswiki", "www.wikifunctions.org"),
                    Map.entry("wikimaniawiki", "wikimania.wikimedia.org"));

    /** IPv4, or anything with a colon: no account name may contain one, every IPv6 address does. */
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|.*:.*");

    private static final String UNRESERVED =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~:/";

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private WikiSites() {}

    /**
     * The host of the wiki with this database name; empty when the name follows no known rule.
     *
     * @param wiki such as {@code enwiki}; may be null
     */
    public static Optional<String> host(@Nullable String wiki) {
        if (wiki == null) {
            return Optional.empty();
        }
        String exception = EXCEPTIONS.get(wiki);
        if (exception != null) {
            return Optional.of(exception);
        }
        Matcher matcher = BY_LANGUAGE.matcher(wiki);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String project = matcher.group(2).equals("wiki") ? "wikipedia" : matcher.group(2);
        return Optional.of(matcher.group(1).replace('_', '-') + "." + project + ".org");
    }

    /**
     * Where a reader finds the item; empty when that is not known. A user is not tied to a wiki:
     * accounts lead to their global page on Meta, IP addresses, which have none, nowhere.
     *
     * @param name the entry's name
     * @param wiki the entry's wiki; may be null
     */
    public static Optional<String> address(
            Dimension dimension, String name, @Nullable String wiki) {
        if (name.isBlank()) {
            return Optional.empty();
        }
        return switch (dimension) {
            case USERS, HUMANS ->
                    ADDRESS.matcher(name).matches()
                            ? Optional.empty()
                            : Optional.of(
                                    "https://meta.wikimedia.org/wiki/Special:CentralAuth/"
                                            + encode(name));
            case PAGES -> host(wiki).map(host -> "https://" + host + "/wiki/" + encode(name));
            case WIKIS -> host(name).map(host -> "https://" + host + "/");
        };
    }

    private static String encode(String title) {
        byte[] utf8 = title.replace(' ', '_').getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(utf8.length);
        for (byte octet : utf8) {
            char ascii = (char) octet;
            if (octet >= 0 && UNRESERVED.indexOf(ascii) >= 0) {
                encoded.append(ascii);
            } else {
                encoded.append('%').append(HEX[(octet >> 4) & 0xF]).append(HEX[octet & 0xF]);
            }
        }
        return encoded.toString();
    }
}
