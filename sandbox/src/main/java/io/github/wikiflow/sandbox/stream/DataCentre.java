package io.github.wikiflow.sandbox.stream;

import java.util.Locale;

/**
 * Where Wikimedia produces events. Each data centre has its own Kafka topic of every stream, of one
 * partition; normally only the active data centre's topic grows.
 */
public enum DataCentre {
    EQIAD,
    CODFW;

    private static final DataCentre[] ALL = values();

    /** The topic of a stream, such as {@code eqiad.mediawiki.recentchange}. */
    public String topic(String stream) {
        return name().toLowerCase(Locale.ROOT) + ".mediawiki." + stream;
    }

    /** The data centre of a topic of the stream; null when it is none of its topics. */
    public static DataCentre ofTopic(String topic, String stream) {
        for (DataCentre dataCentre : ALL) {
            if (dataCentre.topic(stream).equals(topic)) {
                return dataCentre;
            }
        }
        return null;
    }
}
