package io.github.wikiflow.bridge.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.MessageEvent;
import com.launchdarkly.eventsource.ResponseHeaders;
import com.launchdarkly.eventsource.StreamClosedByServerException;
import com.launchdarkly.eventsource.StreamEvent;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.logging.LDLogger;
import io.github.wikiflow.bridge.stream.SpokenFrames.Message;
import io.github.wikiflow.testing.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Feeds the client with streams of odd and broken frames: each message of the stream comes out as
 * it went in, in its order, and is either an event to forward or a dead letter. {@code -Dseed} and
 * {@code -Dfuzz.inputs}, in frames, repeat or lengthen a run.
 */
class StreamFuzzTest {

    private static final int FRAMES_PER_CONNECTION = 2_000;
    private static final int MAX_EVENT_BYTES = 1_000;
    private static final int MAX_FRAME_BYTES = 1 << 20;
    private static final long MOST_GROWTH_BYTES = 32 << 20;

    private final EventReader events = new EventReader(MAX_EVENT_BYTES);

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void everyMessageComesOutAndIsAnEventOrADeadLetter() throws Exception {
        long seed = Seed.draw();
        int inputs = Integer.getInteger("fuzz.inputs", 30_000);
        int connections = Math.max(10, inputs / FRAMES_PER_CONNECTION);
        Random random = new Random(seed);
        long forwarded = 0;
        long deadLetters = 0;
        long memoryEarly = 0;
        for (int i = 0; i < connections; i++) {
            SpokenFrames frames = SpokenFrames.random(random, FRAMES_PER_CONNECTION);
            List<Message> messages = read(new Trickle(frames.bytes(), random));
            assertSame(frames.messages(), messages, "seed %d, connection %d".formatted(seed, i));
            for (Message message : messages) {
                if (isForwarded(message)) {
                    forwarded++;
                } else {
                    deadLetters++;
                }
            }
            if (i == connections / 10) {
                memoryEarly = usedMemory();
            }
        }
        System.out.printf(
                "%,d frames: %,d events, %,d dead letters; memory %+d kB%n",
                (long) connections * FRAMES_PER_CONNECTION,
                forwarded,
                deadLetters,
                (usedMemory() - memoryEarly) / 1024);
        // Neither may be so rare that it says nothing.
        assertThat(forwarded).as("events, seed %d", seed).isGreaterThan(inputs / 10);
        assertThat(deadLetters).as("dead letters, seed %d", seed).isGreaterThan(inputs / 10);
        assertThat(usedMemory() - memoryEarly).as("growth").isLessThan(MOST_GROWTH_BYTES);
    }

    /** Shows the first difference and not thousands of messages. */
    private static void assertSame(List<Message> expected, List<Message> found, String origin) {
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertThat(found.get(i)).as("%s, message %d", origin, i).isEqualTo(expected.get(i));
        }
        assertThat(found).as(origin).hasSameSizeAs(expected);
    }

    private boolean isForwarded(Message message) {
        byte[] data = ByteTunnel.bytes(message.data());
        ReceivedEvent event = events.read(data, message.id());
        assertThat(event.envelope()).isNotNull();
        if (event.flaw() == null || data.length <= MAX_EVENT_BYTES) {
            assertThat(event.data()).isEqualTo(data);
        }
        if (event.flaw() != null) {
            assertThat(event.flaw()).isNotBlank();
        }
        return event.flaw() == null;
    }

    private static List<Message> read(InputStream body) {
        List<Message> messages = new ArrayList<>();
        BoundedConnect connect = new BoundedConnect(new Prepared(body), MAX_FRAME_BYTES);
        EventSource source =
                new EventSource.Builder(connect).errorStrategy(ErrorStrategy.alwaysThrow()).build();
        try (StreamConnection connection = new StreamConnection(source, connect)) {
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    collect(connection.read(), messages);
                                }
                            })
                    .isInstanceOf(StreamClosedByServerException.class);
        }
        return messages;
    }

    private static void collect(StreamEvent event, List<Message> messages) {
        if (event instanceof MessageEvent message) {
            messages.add(
                    new Message(
                            message.getEventName().equals("error"),
                            message.getData(),
                            message.getLastEventId()));
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** A connection whose answer is there already. */
    private static final class Prepared extends ConnectStrategy {
        private static final URI ORIGIN = URI.create("http://127.0.0.1/");
        private final InputStream body;

        Prepared(InputStream body) {
            this.body = body;
        }

        @Override
        public Client createClient(LDLogger logger) {
            return new Client() {
                @Override
                public Result connect(String lastEventId) throws StreamException {
                    return new Result(body, ORIGIN, body, new EventStreamType());
                }

                @Override
                public boolean awaitClosed(long timeoutMillis) {
                    return true;
                }

                @Override
                public URI getOrigin() {
                    return ORIGIN;
                }

                @Override
                public void close() throws IOException {
                    body.close();
                }
            };
        }
    }

    /** The one header that the client wants. */
    private static final class EventStreamType implements ResponseHeaders {

        private static final Header HEADER = new Header("Content-Type", "text/event-stream");

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Header get(int index) {
            return HEADER;
        }

        @Override
        public String value(String name) {
            return HEADER.getName().equals(name) ? HEADER.getValue() : null;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }
    }

    /** Gives a few bytes or many at once, as a connection does. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random;

        Trickle(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            int most = random.nextInt(4) == 0 ? 8 : 8_192;
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(most)));
        }
    }
}
