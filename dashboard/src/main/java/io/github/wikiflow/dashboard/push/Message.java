package io.github.wikiflow.dashboard.push;

/**
 * A Server-Sent Event, in bytes once for all clients.
 *
 * @param key what it tells about; a later message with the same key replaces it
 * @param sequence its place in the {@link MessageLog}
 * @param frame the event as it goes over the wire; not to be changed
 */
record Message(String key, long sequence, byte[] frame) {}
