package io.github.wikiflow.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pins names, types and order of the lake's columns, which other people's queries rely on. */
class LakeColumnTest {

    @Test
    void isTheSchemaThatReadersKnow() throws Exception {
        try (var golden = getClass().getResourceAsStream("lake-schema.txt")) {
            assertThat(LakeColumn.schema().toString())
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
