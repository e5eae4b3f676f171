package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.Fault;
import io.github.wikiflow.sandbox.stream.fault.FaultScript;
import io.github.wikiflow.sandbox.stream.fault.Wire;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves the stream on one connection until its time is over, its client goes or a fault ends it.
 * In catch-up it writes large chunks; an event that is published while the client waits is written
 * at once. Used by one thread.
 */
final class ServedConnection implements Wire {

    private static final String HEAD =
            """
            HTTP/1.1 200 OK
            Content-Type: text/event-stream; charset=utf-8
            Cache-Control: private, s-maxage=0, max-age=0, must-revalidate
            Transfer-Encoding: chunked
            Connection: close
            %s
            """
                    .replace("\n", "\r\n");

    private static final byte[] OK = ":ok\n\n".getBytes(StandardCharsets.US_ASCII);

    /** Large enough that the calls to the operating system do not count. */
    private static final int CHUNK_BYTES = 1 << 18;

    private final Socket socket;
    private final PublishedLog log;
    private final Subscription subscription;
    private final FaultScript faults;
    private final StreamTraffic traffic;
    private final Exchange exchange;
    private final FrameBuffer frames;
    private final Ending cutEnding;
    private final boolean closeAtEnd;
    private final long deadline;
    private long published;
    private long eventsTaken;
    private boolean ended;

    ServedConnection(
            Socket socket,
            Subscription subscription,
            FaultScript faults,
            StreamTraffic traffic,
            Exchange exchange,
            SimulatedStreamSettings settings)
            throws IOException {
        this.socket = socket;
        this.log = settings.log();
        this.subscription = subscription;
        this.faults = faults;
        this.traffic = traffic;
        this.exchange = exchange;
        this.frames = new FrameBuffer(socket.getOutputStream(), log.topics());
        this.cutEnding = settings.cutEnding();
        this.closeAtEnd = settings.closeAtEnd();
        this.deadline = System.nanoTime() + nanos(settings.cutAfter());
    }

    /** Serves until the connection has ended. */
    void serve() throws IOException, InterruptedException {
        String head = HEAD.formatted(SourceHeader.line(log.kind()));
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        write(OK);
        while (!ended) {
            injectFaults();
            if (!ended) {
                sendNext();
            }
        }
    }

    private void injectFaults() throws IOException, InterruptedException {
        Fault fault;
        while (!ended && (fault = faults.due(eventsTaken)) != null) {
            fault.inject(this);
        }
    }

    /** Adds one event, for which it may have to wait. */
    private void sendNext() throws IOException, InterruptedException {
        SourceEvent event = takeNext();
        if (event != null) {
            frames.message(subscription, event.json());
            if (frames.size() >= CHUNK_BYTES) {
                flush();
                if (remaining() <= 0) {
                    end(cutEnding);
                }
            }
        }
    }

    /** The next event to send, or null if the connection has ended instead. */
    private @Nullable SourceEvent takeNext() throws IOException, InterruptedException {
        while (awaitNext()) {
            SourceEvent event = subscription.take();
            if (event != null) {
                eventsTaken++;
                return event;
            }
        }
        return null;
    }

    /** Waits until the log's next event is published; false if the connection has ended instead. */
    private boolean awaitNext() throws IOException, InterruptedException {
        long next = subscription.next();
        if (next < published) {
            return true;
        }
        published = log.published();
        if (next < published) {
            return true;
        }
        flush();
        if (closeAtEnd && next >= log.size()) {
            end(Ending.COMPLETE);
        } else if (!log.awaitPublished(next, remaining())) {
            end(cutEnding);
        }
        return !ended;
    }

    private void flush() throws IOException {
        frames.flush();
        traffic.sent(eventsTaken - exchange.eventsSent(), subscription.next());
        exchange.sent(eventsTaken);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        frames.raw(bytes);
        flush();
    }

    @Override
    public void writeFrame(String event, byte[] data) throws IOException {
        frames.frame(event.getBytes(StandardCharsets.US_ASCII), subscription, data);
        flush();
    }

    @Override
    public void sendNext(UnaryOperator<byte[]> change) throws IOException, InterruptedException {
        SourceEvent event = takeNext();
        if (event != null) {
            frames.message(subscription, change.apply(event.json()));
        }
    }

    @Override
    public void sendPartOfNext(double share) throws IOException, InterruptedException {
        SourceEvent event = takeNext();
        if (event != null) {
            eventsTaken--;
            int before = frames.size();
            frames.message(subscription, event.json());
            frames.truncate(before + (int) (share * (frames.size() - before)));
            subscription.rewind(1);
            flush();
        }
    }

    @Override
    public void rewind(int events) {
        subscription.rewind(events);
    }

    @Override
    public void lineEnd(String characters) {
        frames.lineEnd(characters);
    }

    @Override
    public void pause(Duration duration) throws IOException, InterruptedException {
        flush();
        TimeUnit.NANOSECONDS.sleep(Math.min(nanos(duration), remaining()));
    }

    @Override
    public void end(Ending ending) throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        switch (ending) {
            case COMPLETE -> {
                flush();
                frames.finish();
            }
            case CLOSED -> flush();
            case RESET -> {
                flush();
                socket.setSoLinger(true, 0);
            }
        }
        socket.close();
    }

    private long remaining() {
        return deadline - System.nanoTime();
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(Duration.ofDays(10_000)) > 0
                ? Long.MAX_VALUE / 2
                : duration.toNanos();
    }
}
