package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.bridge.kafka.CommitSettings;
import io.github.wikiflow.bridge.position.StreamPosition;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.UsageException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BridgeOptionsTest {

    @Test
    void hasDefaultsForTheLiveStream() {
        BridgeSettings settings = BridgeOptions.settings("--contact=me@example.org");
        assertThat(settings.stream().url())
                .isEqualTo(URI.create("https://stream.wikimedia.org/v2/stream/recentchange"));
        assertThat(settings.stream().userAgent())
                .matches(
                        "wikiflow-source-bridge/\\d\\S* \\(me@example\\.org\\) okhttp-eventsource/4\\.\\S+");
        assertThat(settings.stream().readTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.stream().firstDelay()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.stream().longestDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.stream().maxEventBytes()).isEqualTo(1_000_000);
        assertThat(settings.kafka().changesTopic()).isEqualTo(Topic.CHANGES.defaultName());
        assertThat(settings.kafka().cursorTopic()).isEqualTo(Topic.CURSOR.defaultName());
        assertThat(settings.kafka().deadLettersTopic()).isEqualTo(Topic.DEAD_LETTERS.defaultName());
        assertThat(settings.kafka().createTopics()).isTrue();
        assertThat(settings.kafka().bridgeId()).isEqualTo("wikiflow-source-bridge");
        assertThat(settings.commits())
                .isEqualTo(new CommitSettings(Duration.ofMillis(100), 500, 10_000, 16 << 20));
        assertThat(settings.since()).isEqualTo(StreamPosition.UNKNOWN);
        assertThat(settings.dryRun()).isFalse();
    }

    @Test
    void asksForAContactOnlyWhereWikimediaDoes() {
        assertThat(BridgeOptions.settings("--stream-url=http://127.0.0.1:8083/v2/stream/"))
                .extracting(settings -> settings.stream().url().toString())
                .isEqualTo("http://127.0.0.1:8083/v2/stream/recentchange");
        assertThatThrownBy(() -> BridgeOptions.settings())
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--contact is missing");
        for (String contact : List.of("ü", "a) (b", "a\r\nb: c")) {
            assertThatThrownBy(() -> BridgeOptions.settings("--contact=" + contact))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith(
                            "--contact: '%s' has parentheses, or".formatted(contact));
        }
    }

    @Test
    void readsWhereToBegin() {
        assertThat(BridgeOptions.settings("--contact=x", "--since=2023-11-14T22:13:20Z").since())
                .isEqualTo(1_700_000_000_000L);
    }

    @Test
    void doesNotBeginInTheFuture() {
        assertThatThrownBy(
                        () -> BridgeOptions.settings("--contact=x", "--since=2999-01-01T00:00:00Z"))
                .isInstanceOf(UsageException.class)
                .hasMessageMatching(
                        "--since: '2999-01-01T00:00:00Z' is in the future, as it is 2\\S+Z here; choose an earlier time");
    }

    @Test
    void skipsOnlyWhenToldTo() {
        assertThat(BridgeOptions.settings("--contact=x").stream().skipsToLatest()).isFalse();
        assertThat(
                        BridgeOptions.settings("--contact=x", "--skip-to=latest").stream()
                                .skipsToLatest())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--since=yesterday, --since: 'yesterday' is no time",
        "--stream-url=ftp://a/, --stream-url: 'ftp://a/' is no http or https address",
        "--stream=../x, --stream: '../x' is no name of a stream",
        "--commit-events=0, --commit-events: 0 is out of range",
        "--commit-interval=0s, --commit-interval: 0 is too short",
        "--read-timeout=5, Invalid value for option '--read-timeout'",
        "--nonsense, Unknown option",
        "--skip-to=now, Invalid value for option '--skip-to'",
    })
    void namesWhatIsWrong(String argument, String message) {
        assertThatThrownBy(() -> BridgeOptions.settings("--contact=x", argument))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }
}
