package io.github.wikiflow.events.options;

/** Stack traces that came as text, such as in Flink's answers. */
public final class StackTraceText {

    private StackTraceText() {}

    /**
     * The line that helps: the last cause's, without the package of its class; of what a job says
     * about its options, only what it says.
     */
    public static String innermost(String stackTrace) {
        return stackTrace
                .lines()
                .filter(line -> line.startsWith("Caused by: "))
                .reduce((first, second) -> second)
                .or(
                        () ->
                                stackTrace
                                        .lines()
                                        .filter(line -> !line.startsWith("<Exception"))
                                        .findFirst())
                .orElse("")
                .replaceFirst(
                        "^(Caused by: )?([a-z0-9_]+\\.)*(ProgramParametrizationException: )?", "")
                .strip();
    }
}
