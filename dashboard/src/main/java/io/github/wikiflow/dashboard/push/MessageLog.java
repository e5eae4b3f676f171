package io.github.wikiflow.dashboard.push;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest message of every key in the order of publication: a compacted log, as in Kafka. A
 * client is a cursor on it. One that is new starts at the beginning and so gets the whole state;
 * one that returns goes on behind the last message it saw; one that is slow finds only the newest
 * state when it comes back to read, for what was replaced meanwhile is gone. So clients need no
 * queues, and the memory is that of one message per key.
 *
 * <p>Thread-safe; readers are never blocked.
 */
public final class MessageLog {

    /** The cursor of a client that has seen nothing. */
    static final long BEGINNING = 0;

    private final String epoch;
    private final ConcurrentSkipListMap<Long, Message> messages = new ConcurrentSkipListMap<>();

    /** Guarded by this. */
    private final Map<String, Long> sequenceByKey = new HashMap<>();

    /** Guarded by this. */
    private long lastSequence = BEGINNING;

    /**
     * @param epoch tells this log from those of other runs, in which the same sequence numbers mean
     *     other messages; letters and digits
     */
    public MessageLog(String epoch) {
        this.epoch = epoch;
    }

    /**
     * Appends a message, which replaces the one with the same key.
     *
     * @param event the event's type
     * @param json the event's data: JSON in UTF-8 on one line
     */
    public synchronized void append(String key, String event, byte[] json) {
        long sequence = ++lastSequence;
        messages.put(sequence, new Message(key, sequence, frame(event, sequence, json)));
        removeSequence(sequenceByKey.put(key, sequence));
    }

    /** Removes the message with this key, if there is one. */
    public synchronized void remove(String key) {
        removeSequence(sequenceByKey.remove(key));
    }

    /** How many messages, and so how many keys, there are. */
    public int size() {
        return messages.size();
    }

    /** The first message behind the cursor, or null when there is none. */
    @Nullable Message next(long cursor) {
        Map.Entry<Long, Message> entry = messages.higherEntry(cursor);
        return entry == null ? null : entry.getValue();
    }

    /**
     * The cursor for a client whose last event had this id: the beginning when there is no id, or
     * one that this run did not give.
     */
    synchronized long cursorOf(@Nullable String lastEventId) {
        if (lastEventId == null || !lastEventId.startsWith(epoch + "-")) {
            return BEGINNING;
        }
        try {
            long sequence = Long.parseLong(lastEventId.substring(epoch.length() + 1));
            return sequence < BEGINNING || sequence > lastSequence ? BEGINNING : sequence;
        } catch (NumberFormatException e) {
            return BEGINNING;
        }
    }

    private void removeSequence(@Nullable Long sequence) {
        if (sequence != null) {
            messages.remove(sequence);
        }
    }

    private byte[] frame(String event, long sequence, byte[] json) {
        String head = "event: " + event + "\nid: " + epoch + "-" + sequence + "\ndata: ";
        ByteArrayOutputStream frame = new ByteArrayOutputStream(head.length() + json.length + 2);
        frame.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        frame.writeBytes(json);
        frame.writeBytes(new byte[] {'\n', '\n'});
        return frame.toByteArray();
    }
}
