package io.github.wikiflow.bridge.position;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The identities of the events that were settled last, and where each stood. Not thread-safe.
 *
 * <p>The rewound position repeats some hundred events; a bounded number more is kept for a source
 * that repeats more.
 */
public final class RecentEvents {

    private static final int MOST = 10_000;

    /** In the order in which they were settled; null where an event did not say its place. */
    private final Map<UUID, Place> places = new LinkedHashMap<>();

    private final Map<Place, UUID> ids = new HashMap<>();

    /**
     * Adds an event; forgets the oldest if there are too many.
     *
     * @param place null if it does not say it
     */
    public void add(UUID id, @Nullable Place place) {
        if (places.containsKey(id)) {
            return;
        }
        places.put(id, place);
        if (place != null) {
            ids.put(place, id);
        }
        if (places.size() > MOST) {
            Iterator<Map.Entry<UUID, Place>> oldest = places.entrySet().iterator();
            Map.Entry<UUID, Place> event = oldest.next();
            ids.remove(event.getValue(), event.getKey());
            oldest.remove();
        }
    }

    boolean contains(UUID id) {
        return places.containsKey(id);
    }

    /** Where an event stood; null if that is not known. */
    @Nullable Place place(UUID id) {
        return places.get(id);
    }

    /** The event that stood there; null if that is not known. */
    @Nullable UUID at(Place place) {
        return ids.get(place);
    }

    /** The log has begun anew: its offsets mean other events from now on. */
    void forgetPlaces(SourceLog log) {
        places.replaceAll((id, place) -> place == null || place.log().equals(log) ? null : place);
        ids.keySet().removeIf(place -> place.log().equals(log));
    }
}
