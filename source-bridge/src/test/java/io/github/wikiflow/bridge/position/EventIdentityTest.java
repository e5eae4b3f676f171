package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdentityTest {

    private static final Place PLACE = new Place(new SourceLog("eqiad.a", 0), 7);

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "REDACTED",
                "00000000-0000-0000-0000-000000000000",
                "1-1-1-1-1",
                "be377c94-0000-4000-8000-00000000000g",
                "be377c94-0000-4000-8000-00000000000012"
            })
    void isNothingThatManyEventsMayShare(String metaId) {
        assertThat(EventIdentity.of(metaId)).isNull();
    }

    @Test
    void isAUuid() {
        String id = "be377c94-0000-4000-8000-0000000000ab";
        assertThat(EventIdentity.of(id))
                .isEqualTo(EventIdentity.of(id.toUpperCase(Locale.ROOT)))
                .isEqualTo(UUID.fromString(id));
    }

    @Test
    void isElseThatOfTheBytesAndTheirPlace() {
        byte[] data = {1};
        assertThat(EventIdentity.of(data, PLACE))
                .isEqualTo(EventIdentity.of(new byte[] {1}, PLACE))
                .isNotEqualTo(EventIdentity.of(new byte[] {2}, PLACE))
                .isNotEqualTo(EventIdentity.of(data, new Place(PLACE.log(), 8)))
                .isNotEqualTo(EventIdentity.of(data, new Place(new SourceLog("eqiad.b", 0), 7)));
    }

    @Test
    void isElseThatOfTheBytesTheirLogAndTheirTime() {
        byte[] data = {1};
        StreamPosition.Entry entry = new StreamPosition.Entry(PLACE.log(), 5, 0);
        assertThat(EventIdentity.of(data, entry))
                .isEqualTo(
                        EventIdentity.of(
                                new byte[] {1}, new StreamPosition.Entry(PLACE.log(), 5, 9)))
                .isNotEqualTo(EventIdentity.of(new byte[] {2}, entry))
                .isNotEqualTo(EventIdentity.of(data, new StreamPosition.Entry(PLACE.log(), 6, 0)))
                .isNotEqualTo(
                        EventIdentity.of(
                                data, new StreamPosition.Entry(new SourceLog("eqiad.b", 0), 5, 0)))
                .isNotEqualTo(EventIdentity.of(data, new Place(PLACE.log(), 5)))
                .isNotEqualTo(EventIdentity.of(data, (StreamPosition.Entry) null));
    }
}
