package io.github.wikiflow.sandbox.generator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an {@link EventLog}: bytes as the outside world sends them, and what the generator
 * knows about them. Its arrays must not be changed.
 *
 * @param index place in the log, from 0
 * @param json the event as UTF-8, or whatever stands in for it when the kind is malformed
 * @param key Kafka key: {@code <wiki>:<title>} in UTF-8; what is malformed has the key of the page
 *     that it would have been about
 * @param sourceTime when the event entered Wikimedia's Kafka, in epoch milliseconds; never falls
 *     from one event to the next; neighbours may share it
 * @param recordTime when the event would enter our Kafka, in epoch milliseconds: shortly after
 *     {@code sourceTime}
 * @param position of every kind, also where the bytes do not tell it; a duplicate has that of its
 *     original, all others are contiguous within their topic
 * @param id {@code meta.id}, also where the bytes do not tell it
 * @param content what the bytes say; null unless {@link EventKind#isChange()}
 */
public record GeneratedEvent(
        long index,
        EventKind kind,
        byte[] json,
        byte[] key,
        long sourceTime,
        long recordTime,
        SourcePosition position,
        String id,
        @Nullable EventContent content) {

    /**
     * What the bytes say, of a kind that is a change.
     *
     * @throws NullPointerException of another kind
     */
    public EventContent change() {
        return Objects.requireNonNull(content, kind::name);
    }
}
