package io.github.wikiflow.rankings;

import java.util.List;
import java.util.Locale;

/** Where changes come from, and the options that mean something there only. */
enum RankingsSource {
    KAFKA(
            List.of("--topic", "--accept-new-topic", "--late-topic", "--future-tolerance"),
            List.of("--idleness")),
    LAKE(
            List.of("--lake", "--from", "--to", "--lake-interval", "--skip-damaged-files"),
            List.of("--lake-interval", "--idleness", "--update-interval"));

    private final List<String> options;
    private final List<String> endlessOptions;

    RankingsSource(List<String> options, List<String> endlessOptions) {
        this.options = options;
        this.endlessOptions = endlessOptions;
    }

    /** Those that mean nothing with another source. */
    List<String> options() {
        return options;
    }

    /** Those that mean nothing when what is read has an end. */
    List<String> endlessOptions() {
        return endlessOptions;
    }

    /** As it is given to {@code --source}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
