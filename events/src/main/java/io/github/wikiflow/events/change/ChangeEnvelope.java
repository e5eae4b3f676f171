package io.github.wikiflow.events.change;

import org.jspecify.annotations.Nullable;

/**
 * What the bridge must know of an event to carry it: whose page it is about, and where it stands in
 * the source. Each part is null when the event lacks it or it has another type.
 *
 * @param id the event's identity, see {@link WikiChange.Meta#id()}
 * @param domain the wiki's host, or {@value WikiChange#CANARY_DOMAIN}
 * @param topic the source's own Kafka topic
 * @param partition the partition within {@code topic}
 * @param offset the position within {@code topic} and {@code partition}
 * @param wiki first part of the page's key
 * @param title second part of the page's key
 */
public record ChangeEnvelope(
        @Nullable String id,
        @Nullable String domain,
        @Nullable String topic,
        @Nullable Integer partition,
        @Nullable Long offset,
        @Nullable String wiki,
        @Nullable String title) {

    /** Of bytes in which nothing can be read. */
    public static final ChangeEnvelope UNKNOWN =
            new ChangeEnvelope(null, null, null, null, null, null, null);

    /** Whether the event is a heartbeat of the stream and no change. */
    public boolean isCanary() {
        return WikiChange.CANARY_DOMAIN.equals(domain);
    }
}
