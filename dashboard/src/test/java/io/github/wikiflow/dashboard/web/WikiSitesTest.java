package io.github.wikiflow.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.testing.Seed;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WikiSitesTest {

    @ParameterizedTest
    @CsvSource({
        "enwiki, en.wikipedia.org",
        "simplewiki, simple.wikipedia.org",
        "zh_min_nanwiki, zh-min-nan.wikipedia.org",
        "be_x_oldwiki, be-tarask.wikipedia.org",
        "roa_rupwiktionary, roa-rup.wiktionary.org",
        "frwikisource, fr.wikisource.org",
        "dewikivoyage, de.wikivoyage.org",
        "commonswiki, commons.wikimedia.org",
        "wikidatawiki, www.wikidata.org",
        "metawiki, meta.wikimedia.org",
        "mediawikiwiki, www.mediawiki.org",
        "specieswiki, species.wikimedia.org",
        "wikifunctionswiki, www.wikifunctions.org",
        "sourceswiki, wikisource.org",
    })
    void knowsTheHostOfAWiki(String wiki, String host) {
        assertThat(WikiSites.host(wiki)).hasValue(host);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "wiki",
                "en",
                "ENWIKI",
                "en.wiki",
                "evil.example/wiki",
                "enwiki\n",
                "en wiki",
                "votewiki",
                "labswiki",
                "//evil.example",
                "javascript:alert(1)"
            })
    void givesNoHostWhereTheRuleIsNotKnown(String wiki) {
        assertThat(WikiSites.host(wiki)).isEmpty();
        assertThat(WikiSites.address(Dimension.PAGES, "Title", wiki)).isEmpty();
    }

    @Test
    void linksPagesUsersAndWikis() {
        assertThat(WikiSites.address(Dimension.PAGES, "C++ & \"C?\" #1/ß", "dewiki"))
                .hasValue("https://de.wikipedia.org/wiki/C%2B%2B_%26_%22C%3F%22_%231/%C3%9F");
        assertThat(WikiSites.address(Dimension.USERS, "Jane Doe", null))
                .hasValue("https://meta.wikimedia.org/wiki/Special:CentralAuth/Jane_Doe");
        assertThat(WikiSites.address(Dimension.HUMANS, "~2026-40857-91", null))
                .hasValue("https://meta.wikimedia.org/wiki/Special:CentralAuth/~2026-40857-91");
        assertThat(WikiSites.address(Dimension.WIKIS, "frwiki", null))
                .hasValue("https://fr.wikipedia.org/");
        assertThat(WikiSites.address(Dimension.WIKIS, "unknownwikimedia", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "2001:db8::7a31", "", "   "})
    void addressesAndNamelessUsersHaveNoPage(String user) {
        assertThat(WikiSites.address(Dimension.USERS, user, null)).isEmpty();
    }

    /** Whatever the title: one https address on the wiki's own host, of harmless ASCII. */
    @Test
    void noTitleLeavesItsHost() {
        long seed = Seed.draw();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder title = new StringBuilder("x");
            int length = random.nextInt(20);
            for (int j = 0; j < length; j++) {
                title.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
            }
            String address =
                    WikiSites.address(Dimension.PAGES, title.toString(), "enwiki").orElseThrow();
            assertThat(address)
                    .as("seed %d, title %s", seed, title)
                    .matches("https://en\\.wikipedia\\.org/wiki/[A-Za-z0-9_.~:/%-]+");
            assertThat(URI.create(address).normalize().getHost()).isEqualTo("en.wikipedia.org");
        }
    }
}
