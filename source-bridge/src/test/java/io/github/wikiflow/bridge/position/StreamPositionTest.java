package io.github.wikiflow.bridge.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

    private static final SourceLog EQIAD = new SourceLog("eqiad.mediawiki.recentchange", 0);
    private static final SourceLog CODFW = new SourceLog("codfw.mediawiki.recentchange", 0);

    @Test
    void readsAnId() {
        StreamPosition position =
                StreamPosition.parse(
                        """
                        [{"topic":"codfw.mediawiki.recentchange","partition":0,"offset":-1},
                         {"timestamp":1746030241001,"topic":"eqiad.mediawiki.recentchange","partition":0,"new":[{}]}]""");
        assertThat(position.entries())
                .containsExactly(
                        new StreamPosition.Entry(
                                CODFW, StreamPosition.UNKNOWN, StreamPosition.UNKNOWN),
                        new StreamPosition.Entry(
                                EQIAD, 1_746_030_241_001L, StreamPosition.UNKNOWN));
        assertThat(position.newest().log()).isEqualTo(EQIAD);
        assertThat(position.timestamp(EQIAD)).isEqualTo(1_746_030_241_001L);
        assertThat(position.timestamp(CODFW)).isEqualTo(StreamPosition.UNKNOWN);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "nonsense",
                "{}",
                "[",
                "[1]",
                "[{\"topic\":\"a\"}]",
                "[{\"topic\":1,\"partition\":0}]",
                "[{\"topic\":\"a\",\"partition\":99999999999}]",
                "[{\"topic\":\"a\",\"partition\":0,\"timestamp\":99999999999999999999}]"
            })
    void takesNothingFromWhatIsNoId(String id) {
        assertThat(StreamPosition.parse(id)).isEqualTo(StreamPosition.NONE);
    }
}
