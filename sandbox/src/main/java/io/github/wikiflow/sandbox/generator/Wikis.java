package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Wiki;
import java.util.ArrayList;
import java.util.List;

/** The wikis of a workload, the busiest first. */
final class Wikis {

    /** With {@link #SHIFT} it gives Commons 37 %, Wikidata 16 % and the English Wikipedia 9 %. */
    private static final double SKEW = 1.8;

    private static final double SHIFT = 1.3;

    private static final String[] LANGUAGES =
            ("en de fr es ja ru it zh pt ar fa pl nl he id tr uk sv cs ko vi ca fi hu no th el hi bn"
                            + " ro sr da bg ms sk hr lt sl et eu gl ka az kk hy ta te ml mr ur uz be"
                            + " lv sq mk bs is ga cy af sw tl jv ceb war arz ary ckb ku ps sd si ne"
                            + " km my lo mn tg tt yi eo la sh simple")
                    .split(" ");

    /** Domain, and the ending of the database's name. */
    private static final String[][] PROJECTS = {
        {"wikipedia", "wiki"},
        {"wiktionary", "wiktionary"},
        {"wikisource", "wikisource"},
        {"wikiquote", "wikiquote"},
        {"wikibooks", "wikibooks"}
    };

    private final Wiki[] wikis;
    private final ZipfRanks ranks;

    Wikis(int count) {
        List<Wiki> all = new ArrayList<>();
        all.add(new Wiki("commonswiki", "commons.wikimedia.org", Script.LATIN));
        all.add(new Wiki("wikidatawiki", "www.wikidata.org", Script.LATIN));
        for (String[] project : PROJECTS) {
            for (String language : LANGUAGES) {
                all.add(
                        new Wiki(
                                language + project[1],
                                language + "." + project[0] + ".org",
                                script(language)));
            }
        }
        for (int i = all.size(); i < count; i++) {
            all.add(new Wiki("test" + i + "wiki", "test" + i + ".wikipedia.org", Script.LATIN));
        }
        wikis = all.subList(0, count).toArray(new Wiki[0]);
        ranks = new ZipfRanks(count, SKEW, SHIFT);
    }

    Wiki draw(Draws draws) {
        return wikis[ranks.at(draws.unit())];
    }

    private static Script script(String language) {
        return switch (language) {
            case "ru", "uk", "sr", "bg", "be", "mk", "kk", "mn", "tg", "tt" -> Script.CYRILLIC;
            case "ar", "fa", "ur", "arz", "ary", "ckb", "ps", "sd" -> Script.ARABIC;
            case "he", "yi" -> Script.HEBREW;
            case "ja", "zh" -> Script.HAN;
            case "ko" -> Script.HANGUL;
            case "hi", "mr", "ne" -> Script.DEVANAGARI;
            case "el" -> Script.GREEK;
            case "th" -> Script.THAI;
            default -> Script.LATIN;
        };
    }
}
