package io.github.wikiflow.events.change;

import static io.github.wikiflow.events.change.ChangeText.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.testing.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scanner reads itself; that it finds the right values, {@link ParserFuzzTest} shows. */
class ChangeScannerTest {

    private final ChangeScanner scanner = new ChangeScanner(EnumSet.allOf(ChangeField.class));

    @ParameterizedTest
    @ValueSource(strings = {ChangeText.EDIT, ChangeText.LOG})
    void readsUsualEvents(String event) throws Exception {
        assertThat(scan(utf8(event))).isTrue();
        WikiChange change = new WikiChangeParser().parse(utf8(event));
        for (ChangeField field : ChangeField.values()) {
            assertThat(ChangeText.value(scanner, field))
                    .as(field.name())
                    .isEqualTo(ChangeText.inUtf8(field.of(change)));
        }
    }

    @Test
    void forgetsTheEventBefore() {
        scan(utf8(ChangeText.EDIT));
        scan(utf8(ChangeText.LOG));
        assertThat(scanner.has(ChangeField.TITLE)).isFalse();
    }

    @Test
    void readsFieldsInEveryOrderAndAmongManyOthers() throws Exception {
        long seed = Seed.draw();
        Random random = new Random(seed);
        Set<ChangeField> known = EnumSet.complementOf(EnumSet.of(ChangeField.OTHER_FIELDS));
        ChangeScanner scanner = new ChangeScanner(known);
        for (int event = 0; event < 2_000; event++) {
            List<String> members =
                    new ArrayList<>(
                            List.of(
                                    "\"$schema\":\"s\"",
                                    "\"timestamp\":1777629601",
                                    "\"meta\":{\"id\":\"m\",\"offset\":7,\"uri\":\"u\"}",
                                    "\"id\":12",
                                    "\"title\":\"t\"",
                                    "\"title_url\" : \"tu\"",
                                    "\"server_script_path\":\"/w\"",
                                    "\"revision\":{\"old\":1,\"new\":2}",
                                    "\"length\":{\"new\":4,\"old\":3}"));
            // Now and then more names than are remembered.
            for (int odd = random.nextInt(event % 10 == 0 ? 300 : 3); odd > 0; odd--) {
                members.add("\"odd%d\":{\"id\":%d}".formatted(random.nextInt(1_000), odd));
            }
            Collections.shuffle(members, random);
            byte[] json = utf8("{" + String.join(",", members) + "}");
            assertThat(scanner.scan(json, 0, json.length))
                    .as("seed %d, event %d", seed, event)
                    .isTrue();
            WikiChange change = new WikiChangeParser().parse(json);
            for (ChangeField field : known) {
                assertThat(ChangeText.value(scanner, field))
                        .as("seed %d, event %d, %s", seed, event, field)
                        .isEqualTo(ChangeText.inUtf8(field.of(change)));
            }
        }
    }

    @Test
    void knowsOnlyTheFieldsThatAreAskedFor() {
        ChangeScanner lean = new ChangeScanner(EnumSet.of(ChangeField.USER));
        byte[] event = utf8(ChangeText.EDIT);
        assertThat(lean.scan(event, 0, event.length)).isTrue();
        assertThat(lean.text(ChangeField.USER)).isEqualTo(Utf8.of("Ann & Bob"));
        assertThat(lean.has(ChangeField.TITLE)).isFalse();
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
                "\"meta\":{}",
                "\"odd\":1"
            })
    void leavesWhatIsUnusualToTheParser(String member) {
        assertThat(scan(utf8("{\"$schema\":\"s\",\"timestamp\":1,\"meta\":{}}"))).isTrue();
        assertThat(scan(utf8("{\"$schema\":\"s\",\"timestamp\":1,\"meta\":{}," + member + "}")))
                .isFalse();
    }

    @Test
    void readsNothingBeyondTheEventsEnd() {
        byte[] event = utf8(ChangeText.EDIT.strip());
        byte[] frame = utf8("99\"}" + ChangeText.EDIT.strip() + "}\"99");
        int start = 4;
        assertThat(scanner.scan(frame, start, start + event.length)).isTrue();
        assertThat(scanner.number(ChangeField.META_OFFSET)).isEqualTo(offsetOf(event));
        for (int length = 0; length < event.length; length++) {
            assertThat(scanner.scan(frame, start, start + length))
                    .as("the first %d bytes", length)
                    .isFalse();
        }
        assertThat(scanner.scan(frame, start, start + event.length + 1)).isFalse();
        assertThat(scanner.scan(frame, start - 1, start + event.length)).isFalse();
    }

    private long offsetOf(byte[] event) {
        assertThat(scan(event)).isTrue();
        return scanner.number(ChangeField.META_OFFSET);
    }

    private boolean scan(byte[] event) {
        return scanner.scan(event, 0, event.length);
    }
}
