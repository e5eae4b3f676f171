package io.github.wikiflow.bridge.position;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** By what the bridge knows that two frames carry the same event: 128 bits for each. */
public final class EventIdentity {

    private static final int UUID_LENGTH = 36;
    private static final UUID NIL = new UUID(0, 0);

    private EventIdentity() {}

    /**
     * The identity that an event's {@code meta.id} is. Only a UUID is one: what else may stand
     * there, such as nothing, is that of many events.
     *
     * @return null if it is none
     */
    public static @Nullable UUID of(@Nullable String metaId) {
        if (metaId == null || metaId.length() != UUID_LENGTH) {
            return null;
        }
        try {
            UUID id = UUID.fromString(metaId);
            return id.toString().equalsIgnoreCase(metaId) && !id.equals(NIL) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** That of data without one: the same bytes at the same place of the source. */
    public static UUID of(byte[] data, Place place) {
        return digest(data, place.log().topic(), place.log().partition(), place.offset());
    }

    /**
     * That of data that does not say its place either: the same bytes of the same log at the same
     * time.
     *
     * @param moved the entry of that log in the frame's position; null if it is not known
     */
    static UUID of(byte[] data, StreamPosition.@Nullable Entry moved) {
        return moved == null
                ? digest(data, "", 0, StreamPosition.UNKNOWN)
                : digest(
                        data,
                        "@" + moved.log().topic(),
                        moved.log().partition(),
                        moved.timestamp());
    }

    /**
     * That of further data with the identity of other data: the same bytes once more.
     *
     * @param number of this data among them, from 2
     */
    static UUID ofTwin(UUID id, int number) {
        return digest(new byte[0], id.toString(), number, StreamPosition.UNKNOWN);
    }

    private static UUID digest(byte[] data, String topic, int partition, long number) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(topic.getBytes(StandardCharsets.UTF_8));
            sha256.update(
                    ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                            .putInt(partition)
                            .putLong(number)
                            .array());
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest(data));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
