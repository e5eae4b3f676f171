package io.github.wikiflow.bridge.position;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** By what the bridge knows that two frames carry the same event: 128 bits for each. */
public final class EventIdentity {

    private static final int UUID_LENGTH = 36;

    private EventIdentity() {}

    /** That of an event with a {@code meta.id}, which is a UUID or, if not, stands for one. */
    public static UUID of(String metaId) {
        UUID id = uuid(metaId);
        return id != null
                ? id
                : digest(metaId.getBytes(StandardCharsets.UTF_8), StreamPosition.UNKNOWN);
    }

    /**
     * That of data without a {@code meta.id}: the same bytes at the same place of the stream.
     *
     * @param timestamp the newest of the frame's position
     */
    public static UUID of(byte[] data, long timestamp) {
        return digest(data, timestamp);
    }

    /** The UUID in its usual form, as the service sends it; null for any other text. */
    private static UUID uuid(String text) {
        try {
            UUID uuid = text.length() == UUID_LENGTH ? UUID.fromString(text) : null;
            return uuid == null || uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static UUID digest(byte[] bytes, long timestamp) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array());
            ByteBuffer digest = ByteBuffer.wrap(sha256.digest(bytes));
            return new UUID(digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
