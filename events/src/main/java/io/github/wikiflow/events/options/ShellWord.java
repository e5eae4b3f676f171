package io.github.wikiflow.events.options;

/** Text in command lines that are shown to people, who paste them into a shell. */
public final class ShellWord {

    private ShellWord() {}

    /** The text as one word, in which a shell changes nothing. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
