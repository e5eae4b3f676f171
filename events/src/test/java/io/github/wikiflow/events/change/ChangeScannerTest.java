package io.github.wikiflow.events.change;

import static io.github.wikiflow.events.change.ChangeText.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner reads itself; that it finds the right values, {@link ParserFuzzTest} shows. */
class ChangeScannerTest {

    private final ChangeScanner scanner = new ChangeScanner();

    @ParameterizedTest
    @ValueSource(strings = {ChangeText.EDIT, ChangeText.LOG})
    void readsUsualEvents(String event) throws Exception {
        assertThat(scanner.scan(utf8(event))).isTrue();
        WikiChange change = new WikiChangeParser().parse(utf8(event));
        for (ChangeField field : ChangeField.values()) {
            assertThat(ChangeText.value(scanner, field))
                    .as(field.name())
                    .isEqualTo(ChangeText.inUtf8(field.of(change)));
        }
    }

    @Test
    void forgetsTheEventBefore() {
        scanner.scan(utf8(ChangeText.EDIT));
        scanner.scan(utf8(ChangeText.LOG));
        assertThat(scanner.has(ChangeField.TITLE)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"user\":\"\\ud83d\\ude00\"",
                "\"us\\u0065r\":1",
                "\"user\":\"a\",\"user\":\"b\"",
                "\"log_params\":1",
                "\"log_id\":1e3",
                "\"log_id\":9223372036854775808",
                "\"meta\":{}"
            })
    void leavesWhatIsUnusualToTheParser(String member) {
        assertThat(scanner.scan(utf8("{\"$schema\":\"s\",\"timestamp\":1,\"meta\":{}}"))).isTrue();
        assertThat(
                        scanner.scan(
                                utf8(
                                        "{\"$schema\":\"s\",\"timestamp\":1,\"meta\":{},"
                                                + member
                                                + "}")))
                .isFalse();
    }
}
