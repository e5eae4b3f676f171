package io.github.wikiflow.dashboard.web;

import static io.github.wikiflow.dashboard.SampleRankings.START;
import static io.github.wikiflow.dashboard.SampleRankings.bot;
import static io.github.wikiflow.dashboard.SampleRankings.early;
import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static io.github.wikiflow.dashboard.SampleRankings.page;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dashboard.standings.Standing;
import io.github.wikiflow.dashboard.standings.WindowState;
import io.github.wikiflow.dashboard.standings.WindowSummary;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private static final String HEADER =
            "\uFEFFwindow_start,window_end,state,rank,name,wiki,changes,share,bot\r\n";

    @Test
    void writesOneLinePerPlace() {
        assertThat(csv(early(Dimension.USERS, 1, bot("a \"b\", c", 3), entry("line\nbreak", 1))))
                .isEqualTo(
                        HEADER
                                + "2026-11-23T18:40:00Z,2026-11-23T18:50:00Z,early,1,\"a \"\"b\"\", c\",,3,0.375,true\r\n"
                                + "2026-11-23T18:40:00Z,2026-11-23T18:50:00Z,early,2,\"line\nbreak\",,1,0.125,false\r\n");
    }

    @Test
    void namesThePagesWiki() {
        assertThat(csv(early(Dimension.PAGES, 1, page("enwiki", "ß", 1))))
                .contains(",1,ß,enwiki,1,0.5,false\r\n");
    }

    @ParameterizedTest
    @CsvSource({"+1", "-1", "@SUM(A1)", "＝1", "=A1"})
    void noNameIsAFormula(String name) {
        assertThat(csv(early(Dimension.USERS, 1, entry(name, 1))))
                .contains(",1,'" + name + ",,1,0.5,false\r\n");
    }

    @Test
    void noQuotedNameIsAFormulaEither() {
        assertThat(csv(early(Dimension.USERS, 1, entry("=HYPERLINK(\"https://x.example\")", 1))))
                .contains(",1,\"'=HYPERLINK(\"\"https://x.example\"\")\",,1,0.5,false\r\n");
        assertThat(csv(early(Dimension.USERS, 1, entry("\r=1", 1))))
                .contains(",1,\"'\r=1\",,1,0.5,false\r\n");
    }

    @Test
    void programsGetTheTextAsItIs() {
        assertThat(csv(early(Dimension.USERS, 1, entry("=1+1", 1)), Csv.Form.EXACT))
                .startsWith("window_start,")
                .contains(",1,=1+1,,1,0.5,false\r\n");
    }

    @Test
    void writesWindows() {
        assertThat(
                        Csv.of(
                                List.of(
                                        new WindowSummary(
                                                START,
                                                START.plusSeconds(600),
                                                12,
                                                3,
                                                WindowState.ON_TIME)),
                                Csv.Form.EXACT))
                .isEqualTo(
                        "window_start,window_end,state,changes,users\r\n"
                                + "2026-11-23T18:40:00Z,2026-11-23T18:50:00Z,on_time,12,3\r\n");
    }

    private static String csv(Ranking ranking) {
        return csv(ranking, Csv.Form.SPREADSHEET);
    }

    private static String csv(Ranking ranking, Csv.Form form) {
        return Csv.of(RankingView.of(Standing.first(ranking)), form);
    }
}
