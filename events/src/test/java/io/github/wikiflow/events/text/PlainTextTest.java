package io.github.wikiflow.events.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {

    @Test
    void leavesWhatCanBeRead() {
        String text = "Ж𝄞 日本 a\\u0041\"'<b> é \u00a0\u200d";
        assertThat(PlainText.escape(text)).isSameAs(text);
        assertThat(PlainText.escape("")).isEmpty();
    }

    @Test
    void writesTheCodeOfWhatCommandsATerminalOrAReader() {
        assertThat(PlainText.escape("a\r\nb\tc\u001b[2J"))
                .isEqualTo("a\\u000d\\u000ab\\u0009c\\u001b[2J");
        for (int c = 0; c < 0xffff; c++) {
            boolean harmful =
                    Character.getType(c) == Character.CONTROL
                            || Character.getType(c) == Character.LINE_SEPARATOR
                            || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                            || isBidiControl(c);
            assertThat(PlainText.escape("x" + (char) c + "y"))
                    .as("U+%04X", c)
                    .isEqualTo(harmful ? "x\\u%04xy".formatted(c) : "x" + (char) c + "y");
        }
    }

    /** Unicode's property Bidi_Control, which Java does not know. */
    private static boolean isBidiControl(int c) {
        return c == 0x061c
                || c == 0x200e
                || c == 0x200f
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
