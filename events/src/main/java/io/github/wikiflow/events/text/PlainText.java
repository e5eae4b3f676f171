package io.github.wikiflow.events.text;

/**
 * Makes text from strangers harmless where people and terminals read it: in log lines, headers and
 * on consoles. What would end a line, command a terminal or turn the direction of reading is
 * written as its code, such as {@code \\u202e}; all else stays. Logging does the same to whole
 * lines by its pattern; this is for what goes elsewhere, too.
 */
public final class PlainText {

    private PlainText() {}

    /**
     * @param text not null
     */
    public static String escape(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmful(c)) {
                if (escaped == null) {
                    escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                escaped.append("\\u%04x".formatted((int) c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** Controls (C0, DEL, C1), line and paragraph separators, and marks of direction. */
    private static boolean isHarmful(char c) {
        return Character.isISOControl(c)
                || c == '\u061c'
                || c == '\u200e'
                || c == '\u200f'
                || (c >= '\u2028' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069');
    }
}
