package io.github.wikiflow.dashboard.push;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A client's socket that takes as many writes as it is told to. Like a servlet container it insists
 * on being asked {@link #isReady} before each write and flush, and calls the listener when it can
 * be written again.
 */
final class FakeOutput extends ServletOutputStream {

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private WriteListener listener;
    private int writesAllowed;
    private boolean asked;
    private boolean broken;
    private boolean flushed;

    FakeOutput(int writesAllowed) {
        this.writesAllowed = writesAllowed;
    }

    /** Lets the client read on. */
    void allow(int writes) throws IOException {
        writesAllowed += writes;
        listener.onWritePossible();
    }

    /** Cuts the connection: the next write fails. */
    void breakDown() {
        broken = true;
    }

    /** What the client has received, and forgets it. */
    String takeReceived() {
        String text = received.toString(StandardCharsets.UTF_8);
        received.reset();
        return text;
    }

    boolean isFlushed() {
        return flushed;
    }

    @Override
    public boolean isReady() {
        asked = writesAllowed > 0 || broken;
        return asked;
    }

    @Override
    public void setWriteListener(WriteListener writeListener) {
        listener = writeListener;
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        requireReady();
        writesAllowed--;
        flushed = false;
        received.writeBytes(bytes);
    }

    @Override
    public void write(int octet) {
        throw new UnsupportedOperationException("frames are written whole");
    }

    @Override
    public void flush() throws IOException {
        requireReady();
        flushed = true;
    }

    private void requireReady() throws IOException {
        if (!asked) {
            throw new IllegalStateException("written without having asked whether it is ready");
        }
        asked = false;
        if (broken) {
            throw new IOException("the client has gone");
        }
    }
}
