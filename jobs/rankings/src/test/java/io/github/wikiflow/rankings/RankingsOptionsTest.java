package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.EnvironmentDefaults;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.rankings.time.EventTime;
import io.github.wikiflow.rankings.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
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
                                        Duration.ofMinutes(10)),
                                false,
                                Duration.ofMinutes(1)));
        assertThat(options.name()).isEqualTo("wikiflow-rankings");
        assertThat(options.idleness()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.delivery()).isEqualTo(DeliveryGuarantee.AT_LEAST_ONCE);
        assertThat(options.rankingsTopic()).isEqualTo("wiki-rankings");
        assertThat(options.lateTopic()).isEqualTo("wiki-changes-late");
        assertThat(options.input().topic()).isEqualTo("wiki-changes");
        assertThat(options.input().bounded()).isFalse();
        assertThat(options.input().futureTolerance()).isEqualTo(Duration.ofMinutes(1));
        assertThat(options.source()).isEqualTo(RankingsSource.KAFKA);
        assertThat(options.lake().uri()).hasToString("file:///tmp/wikiflow/lake");
        assertThat(options.lake().interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.lake().windows(Duration.ofMinutes(10))).isEqualTo(TimeRange.ALL);
        assertThat(options.lake().days(Samples.TIME)).isEqualTo(new LakeDays(null, null));
    }

    @Test
    void noEventDatedFarAheadHoldsUpItsPartition() {
        RankingsOptions options = parse(Map.of());
        assertThat(
                        RankingsJob.watermarks(options, options.settings())
                                .getAlignmentParameters()
                                .isEnabled())
                .isFalse();
    }

    @Test
    void aRangeHasWholeWindowsAndTheDaysThatTellWhatWasLateInThem() {
        RankingsOptions options =
                parse(
                        Map.of("WIKIFLOW_LAKE", "s3://bucket/lake"),
                        "--source=lake",
                        "--bounded",
                        "--from=2026-01-31",
                        "--to=2026-02-03T23:55:00Z");
        Duration window = Duration.ofMinutes(10);

        assertThat(options.settings().eventTime().window()).isEqualTo(window);
        assertThat(options.source()).isEqualTo(RankingsSource.LAKE);
        assertThat(options.lake().uri()).hasToString("s3://bucket/lake");
        assertThat(options.lake().windows(window))
                .isEqualTo(
                        new TimeRange(
                                Instant.parse("2026-01-31T00:00:00Z").toEpochMilli(),
                                Instant.parse("2026-02-03T23:50:00Z").toEpochMilli()));
        assertThat(options.lake().windows(Duration.ofHours(7)).from())
                .isEqualTo(Instant.parse("2026-01-31T01:00:00Z").toEpochMilli());
        assertThat(options.lake().days(options.settings().eventTime()))
                .isEqualTo(new LakeDays(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 2, 5)));
    }

    @Test
    void aLakeThatCannotBeReadIsSaidInOneLine() {
        RankingsOptions missing = parse(Map.of(), "--source=lake", "--lake=/no/such/lake");
        RankingsOptions unknown = parse(Map.of(), "--source=lake", "--lake=cloud://no/such/lake");

        missing.lake().requireLake(false);
        assertThatThrownBy(() -> missing.lake().requireLake(true))
                .isInstanceOf(OperationException.class)
                .hasMessage(
                        "--lake: file:/no/such/lake is not there; name the folder into which the"
                                + " archive writes");
        assertThatThrownBy(() -> unknown.lake().requireLake(false))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("--lake: cannot reach cloud://no/such/lake (")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source=lake --to=2026-01-01|--to: 2026-01-01T00:00:00Z needs --bounded, since a job"
                        + " without it has no end",
                "--source=lake --bounded --from=2026-01-02 --to=2026-01-02"
                        + "|--from: 2026-01-02T00:00:00Z is not before the 2026-01-02T00:00:00Z of --to",
                "--source=lake --bounded --from=2026-01-02T00:01:00Z --to=2026-01-02T00:19:00Z"
                        + "|--from: no window of --window lies between 2026-01-02T00:01:00Z and the"
                        + " 2026-01-02T00:19:00Z of --to",
                "--source=lake --lake-interval=0s|--lake-interval: 0s is not more than 0s",
                "--source=lake --idleness=0s|--idleness: 0s is not more than 0s",
                "--source=lake --lake=s3:/%|--lake: 's3:/%' is no URI of a folder (Malformed escape"
                        + " pair); write one such as file:///var/my%20lake or s3://bucket/lake, or a"
                        + " local path",
            })
    void whatCannotBeWithTheLakeIsSaidInOneLine(String arguments, String message) {
        RankingsOptions options = parse(Map.of(), arguments.split(" "));

        assertThatThrownBy(() -> JobCommand.validated(options::settings))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--source=lake|--topic=t",
                "--source=lake|--late-topic=l",
                "--source=lake|--future-tolerance=5s",
                "--source=kafka|--lake=/lake",
                "--source=kafka|--from=2026-01-01",
                "--source=kafka|--to=2026-01-02",
                "--source=kafka|--lake-interval=5s",
                "--source=lake --bounded|--lake-interval=5s",
                "--source=lake --bounded|--idleness=5s",
                "--source=lake --bounded|--update-interval=5s",
                "--source=kafka --bounded|--idleness=5s",
            })
    void anArgumentThatMeansNothingIsRefusedAndAVariableIsNot(String mode, String argument) {
        String[] option = argument.split("=");
        RankingsOptions given = parse(Map.of(), (mode + " " + argument).split(" "));
        RankingsOptions shared =
                parse(Map.of(EnvironmentDefaults.variable(option[0]), option[1]), mode.split(" "));

        assertThatThrownBy(given::settings)
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "%s: '%s' means nothing with %s; leave it out",
                        option[0], option[1], mode.replace('=', ' '));
        assertThat(shared.settings()).isNotNull();
    }

    @Test
    void theSourceItselfMayComeFromTheEnvironment() {
        RankingsOptions options = parse(Map.of("WIKIFLOW_SOURCE", "lake"), "--topic=t");

        assertThatThrownBy(options::settings)
                .isInstanceOf(UsageException.class)
                .hasMessage("--topic: 't' means nothing with --source lake; leave it out");
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
                        "--late-topic=l",
                        "--name=hourly");

        assertThat(options.settings())
                .isEqualTo(
                        new RankingsSettings(
                                EnumSet.of(Dimension.USERS, Dimension.WIKIS),
                                Set.of("edit", "new"),
                                25,
                                Duration.ofMillis(250),
                                new EventTime(Duration.ofHours(1), Duration.ZERO, Duration.ZERO),
                                false,
                                Duration.ofMinutes(1)));
        assertThat(options.name()).isEqualTo("hourly");
        assertThat(options.idleness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.delivery()).isEqualTo(DeliveryGuarantee.EXACTLY_ONCE);
        assertThat(options.rankingsTopic()).isEqualTo("r");
        assertThat(options.lateTopic()).isEqualTo("l");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--name=a b|--name: 'a b' is not 1 to 100 letters, digits, dots, dashes and underscores",
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
                "--source=file|'file'",
                "--from=yesterday|'yesterday' is no time; write it as 2026-01-31 or"
                        + " 2026-01-31T12:00:00Z",
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
