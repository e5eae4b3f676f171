package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A header by which a record carries its change from the thread that fetches it to the task. It is
 * never written; it is a header since a value deserializer of Flink's source may return nothing but
 * bytes, and making bytes of the change would cost a copy of each event.
 *
 * @param summary what is ranked
 * @param original the record's value, in the memory that the consumer has read it into
 */
record FetchedChange(ChangeSummary summary, Utf8 original) implements Header {

    private static final String KEY = "fetched-change";

    @Override
    public String key() {
        return KEY;
    }

    /** A copy of the original. */
    @Override
    public byte[] value() {
        return original.toBytes();
    }

    /** The one that was added to these headers; null if the record's value is malformed. */
    static @Nullable FetchedChange of(Headers headers) {
        return headers.lastHeader(KEY) instanceof FetchedChange change ? change : null;
    }
}
