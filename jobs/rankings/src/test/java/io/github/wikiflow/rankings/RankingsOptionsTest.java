package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.JobCommand;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingsOptionsTest {

    @Test
    void everyOptionHasADefault() {
        RankingsOptions options = parse(Map.of());

        assertThat(options.settings())
                .isEqualTo(
                        new RankingsSettings(
                                EnumSet.allOf(Dimension.class),
                                Set.of(),
                                10,
                                Duration.ofSeconds(1),
                                new EventTime(
                                        Duration.ofMinutes(10),
                                        Duration.ofSeconds(20),
                                        Duration.ofMinutes(10))));
        assertThat(options.idleness()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.delivery()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(options.rankingsTopic()).isEqualTo("wiki-rankings");
        assertThat(options.lateTopic()).isEqualTo("wiki-changes-late");
        assertThat(options.input().topic()).isEqualTo("wiki-changes");
        assertThat(options.input().bounded()).isFalse();
        assertThat(options.input().futureTolerance()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void everyOptionCanBeGiven() {
        RankingsOptions options =
                parse(
                        Map.of("WIKIFLOW_TOP", "25", "WIKIFLOW_RANKINGS_TOPIC", "r"),
                        "--dimensions=wikis,users",
                        "--types=edit,new",
                        "--window=1h",
                        "--out-of-orderness=0s",
                        "--allowed-lateness=0s",
                        "--idleness=5s",
                        "--update-interval=250ms",
                        "--delivery=exactly-once",
                        "--late-topic=l");

        assertThat(options.settings())
                .isEqualTo(
                        new RankingsSettings(
                                EnumSet.of(Dimension.USERS, Dimension.WIKIS),
                                Set.of("edit", "new"),
                                25,
                                Duration.ofMillis(250),
                                new EventTime(Duration.ofHours(1), Duration.ZERO, Duration.ZERO)));
        assertThat(options.idleness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.delivery()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(options.rankingsTopic()).isEqualTo("r");
        assertThat(options.lateTopic()).isEqualTo("l");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--top=0|--top: 0 is not 1 to 1000",
                "--top=1001|--top: 1001 is not 1 to 1000",
                "--window=999ms|--window: 999ms is not 1s to 1d",
                "--window=2d|--window: 2d is not 1s to 1d",
                "--update-interval=99ms|--update-interval: 99ms is not 100ms to the 10min of --window",
                "--update-interval=11min|--update-interval: 11min is not 100ms to the 10min of --window",
                "--idleness=0s|--idleness: 0s is not more than 0s",
                "--allowed-lateness=30d|--allowed-lateness: 30d and --out-of-orderness 20s keep 4322"
                        + " windows of 10min open, more than 1000; shorten them or lengthen --window",
                "--late-topic=wiki-rankings|--late-topic: 'wiki-rankings' is also --rankings-topic;"
                        + " name another",
                "--late-topic=wiki-changes|--late-topic: 'wiki-changes' is also --topic; name another",
                "--rankings-topic=wiki-changes|--rankings-topic: 'wiki-changes' is also --topic;"
                        + " name another",
            })
    void whatCannotBeIsSaidInOneLine(String argument, String message) {
        RankingsOptions options = parse(Map.of(), argument);

        assertThatThrownBy(() -> JobCommand.validated(options::settings))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dimensions=user|'user' is none of users, humans, pages, wikis",
                "--delivery=never|'never' is neither at-least-once nor exactly-once",
                "--top=ten|'ten' is not an int",
                "--window=10|'10' is not a duration",
            })
    void whatCannotBeReadIsSaidInOneLine(String argument, String message) {
        assertThatThrownBy(() -> parse(Map.of(), argument))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessageContaining(argument.substring(0, argument.indexOf('=')))
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static RankingsOptions parse(Map<String, String> variables, String... arguments) {
        RankingsOptions options = new RankingsOptions();
        assertThat(JobCommand.parse(options, variables, arguments)).isTrue();
        return options;
    }
}
