package io.github.wikiflow.sandbox.stream;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where Wikimedia produces events. Each data centre has its own Kafka topic of every stream, of one
 * partition; normally only the active data centre's topic grows.
 */
public enum DataCentre {
    EQIAD,
    CODFW;

    /** The topic of a stream, such as {@code eqiad.mediawiki.recentchange}. */
    public String topic(String stream) {
        return name().toLowerCase(Locale.ROOT) + ".mediawiki." + stream;
    }

    /** The topics of a stream, the active data centre's first. */
    static List<String> topics(String stream) {
        return Arrays.stream(values()).map(dataCentre -> dataCentre.topic(stream)).toList();
    }
}
