package io.github.wikiflow.benchmarks.dashboard;

import io.github.wikiflow.benchmarks.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Many browsers' connections to the stream of events, on one thread. For each ranking that arrives
 * at a client the time since it was sent is noted.
 */
final class EventClients implements AutoCloseable {

    private static final Pattern REVISION =
            Pattern.compile("^data: \\{\"dimension\".*?\"revision\":(\\d+)");

    /** One client's unfinished line. */
    private static final class Line {
        private final StringBuilder text = new StringBuilder();
    }

    private final SentRankings sent;
    private final Latencies latencies;
    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    private final Thread thread = new Thread(this::read, "clients");
    private volatile boolean closed;
    private volatile int lost;

    EventClients(URI dashboard, int count, SentRankings sent, Latencies latencies)
            throws IOException {
        this.sent = sent;
        this.latencies = latencies;
        byte[] request =
                "GET /api/events HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n"
                        .formatted(dashboard.getAuthority())
                        .getBytes(StandardCharsets.US_ASCII);
        InetSocketAddress address = new InetSocketAddress(dashboard.getHost(), dashboard.getPort());
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(address);
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new Line());
        }
        thread.start();
    }

    /** How many connections the server has ended. */
    int lost() {
        return lost;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void read() {
        try {
            while (!closed) {
                selector.select(this::read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(SelectionKey key) {
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
                lost++;
                return;
            }
        } catch (IOException e) {
            key.cancel();
            lost++;
            return;
        }
        long now = System.nanoTime();
        StringBuilder line = ((Line) key.attachment()).text;
        buffer.flip();
        while (buffer.hasRemaining()) {
            byte octet = buffer.get();
            if (octet == '\n') {
                receive(line, now);
                line.setLength(0);
            } else {
                line.append((char) (octet & 0xFF));
            }
        }
    }

    private void receive(StringBuilder line, long now) {
        Matcher matcher = REVISION.matcher(line);
        if (matcher.find()) {
            Long sentNanos = sent.sentNanos(Long.parseLong(matcher.group(1)));
            if (sentNanos != null) {
                latencies.add(now - sentNanos);
            }
        }
    }
}
