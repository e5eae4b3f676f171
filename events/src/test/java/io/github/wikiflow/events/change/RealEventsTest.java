package io.github.wikiflow.events.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.testing.RealEvents;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** All parsers over what Wikimedia's stream has really sent. */
class RealEventsTest {

    private static final Set<ChangeField> ALL = EnumSet.allOf(ChangeField.class);

    @Test
    void allParsersReadRealEventsAsTheirTreesSay() throws Exception {
        List<byte[]> events = RealEvents.read();
        WikiChangeParser full = new WikiChangeParser();
        // The old ones have their schema elsewhere, and fields that no column is for: both the
        // scanner leaves to the full parser.
        Set<ChangeField> scanned =
                EnumSet.complementOf(EnumSet.of(ChangeField.SCHEMA, ChangeField.OTHER_FIELDS));
        ChangeScanner scanner = new ChangeScanner(scanned);
        ChangeSummaryParser lean = new ChangeSummaryParser();
        ChangeEnvelopeParser envelope = new ChangeEnvelopeParser();

        assertThat(events).isNotEmpty();
        for (byte[] event : events) {
            String text = new Utf8(event, 0, event.length).toString();
            if (envelope.parse(event).isCanary()) {
                assertThat(EventTree.read(event)).as(text).isEmpty();
                assertThatThrownBy(() -> full.parse(event)).isInstanceOf(MalformedChange.class);
                assertThatThrownBy(() -> lean.parse(event)).isInstanceOf(MalformedChange.class);
                continue;
            }
            EventTree tree = EventTree.read(event).orElseThrow();
            WikiChange change = full.parse(event);
            assertThat(tree.differences(new ParsedChange(change), ALL)).as(text).isEmpty();
            assertThat(scanner.scan(event, 0, event.length)).as(text).isTrue();
            assertThat(tree.differences(scanner, scanned)).as(text).isEmpty();
            assertThat(lean.parse(event))
                    .isEqualTo(
                            ChangeSummary.of(
                                    tree.timestamp(),
                                    change.type(),
                                    change.wiki(),
                                    change.title(),
                                    change.user(),
                                    Boolean.TRUE.equals(change.bot())));
            assertThat(envelope.parse(event)).isEqualTo(ChangeText.envelope(change));
        }
    }
}
