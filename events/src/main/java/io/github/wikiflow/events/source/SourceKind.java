package io.github.wikiflow.events.source;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Where events come from. Data of different kinds never share a set of topics, a data folder or a
 * lake, and whoever shows data says of which kind it is.
 */
public enum SourceKind {
    /** What happens on Wikimedia's wikis. */
    LIVE,
    /** Made up by a generator. */
    SIMULATED,
    /** Recorded before, and sent again from a file. */
    REPLAY;

    /**
     * The header of an HTTP response by which a server of events says that they are not live; its
     * value is the {@link #label}. Without it they are live.
     */
    public static final String HTTP_HEADER = "Wikiflow-Source";

    /** The header of a Kafka record that says of which kind its event is: the {@link #label}. */
    public static final String RECORD_HEADER = "source-kind";

    /** The name in headers, JSON, options and names of folders: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with this label.
     *
     * @throws IllegalArgumentException naming the labels there are
     */
    @JsonCreator
    public static SourceKind ofLabel(String label) {
        for (SourceKind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is none of %s"
                        .formatted(
                                label,
                                Arrays.stream(values())
                                        .map(SourceKind::label)
                                        .collect(Collectors.joining(", "))));
    }
}
