package io.github.wikiflow.sandbox.stream.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * What a {@link Fault} may do to the connection that it is injected into. Used on the connection's
 * thread only. Each method may fail with {@link IOException} when the client has gone.
 */
public interface Wire {

    /** Writes bytes between two frames. */
    void write(byte[] bytes) throws IOException;

    /** Writes a frame that is no event of the log, with the position of the event sent last. */
    void writeFrame(String event, byte[] data) throws IOException;

    /** Sends the next event of the log, waiting for it, with its data changed. */
    void sendNext(UnaryOperator<byte[]> change) throws IOException, InterruptedException;

    /**
     * Writes the first part of the next event's frame, waiting for the event, which does not count
     * as sent.
     *
     * @param share of the frame's bytes, between 0 and 1
     */
    void sendPartOfNext(double share) throws IOException, InterruptedException;

    /** Goes back by some events of the log, which are sent once more. */
    void rewind(int events);

    /** Ends lines with these characters from now on. */
    void lineEnd(String characters);

    /** Is silent for a time. */
    void pause(Duration duration) throws IOException, InterruptedException;

    /** Ends the connection; nothing is sent afterwards. */
    void end(Ending ending) throws IOException;
}
