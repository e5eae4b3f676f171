package io.github.wikiflow.dashboard.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client gets, as fast as it reads. The clients are asked to send by hand. */
class BroadcasterTest {

    private final MessageLog log = new MessageLog("run1");
    private final Broadcaster broadcaster = new Broadcaster(log, Duration.ofDays(1));

    @AfterEach
    void close() {
        broadcaster.close();
    }

    @Test
    void aNewClientGetsTheNewestStateAtOnce() {
        append("a", "1");
        append("a", "2");
        FakeOutput output = new FakeOutput(100);
        connect(output, null);
        assertThat(output.takeReceived())
                .isEqualTo("retry: 2000\n\nevent: type\nid: run1-2\ndata: 2\n\n");
        assertThat(output.isFlushed()).isTrue();
    }

    @Test
    void aReturningClientGetsWhatItMissed() {
        append("a", "1");
        append("b", "2");
        FakeOutput output = new FakeOutput(100);
        connect(output, "run1-1");
        assertThat(output.takeReceived())
                .isEqualTo("retry: 2000\n\nevent: type\nid: run1-2\ndata: 2\n\n");
    }

    @Test
    void aSlowClientFindsOnlyTheNewestStateWhenItReadsAgain() throws Exception {
        FakeOutput output = new FakeOutput(1);
        EventStream client = stream(output);
        assertThat(output.takeReceived()).isEqualTo("retry: 2000\n\n");
        for (int i = 0; i < 10_000; i++) {
            append("a", "a" + i);
            append("b", "b" + i);
            client.send();
        }
        assertThat(output.takeReceived()).isEmpty();
        assertThat(log.size()).isEqualTo(2);

        output.allow(100);
        assertThat(output.takeReceived())
                .isEqualTo(
                        "event: type\nid: run1-19999\ndata: a9999\n\n"
                                + "event: type\nid: run1-20000\ndata: b9999\n\n");
    }

    @Test
    void aQuietConnectionIsKeptOpenByComments() {
        FakeOutput output = new FakeOutput(100);
        EventStream client = stream(output);
        output.takeReceived();
        append("a", "1");
        client.send();
        output.takeReceived();
        client.sendHeartbeat();
        assertThat(output.takeReceived()).isEmpty();
        client.sendHeartbeat();
        assertThat(output.takeReceived()).isEqualTo(":\n\n");
        client.sendHeartbeat();
        assertThat(output.takeReceived()).isEqualTo(":\n\n");
    }

    @Test
    void heartbeatsDoNotPileUpForAClientThatDoesNotRead() throws Exception {
        FakeOutput output = new FakeOutput(1);
        EventStream client = stream(output);
        output.takeReceived();
        for (int i = 0; i < 100; i++) {
            client.sendHeartbeat();
        }
        output.allow(100);
        assertThat(output.takeReceived()).isEqualTo(":\n\n");
    }

    @Test
    void forgetsAClientThatHasGone() throws Exception {
        FakeOutput first = new FakeOutput(100);
        CompletableFuture<Void> gone = connect(first, null);
        CompletableFuture<Void> second = connect(new FakeOutput(100), null);
        assertThat(broadcaster.clients()).isEqualTo(2);

        first.breakDown();
        append("a", "1");
        broadcaster.wake();
        await("one client is left")
                .atMost(Duration.ofMinutes(1))
                .until(() -> broadcaster.clients() == 1);
        assertThat(gone).isCompleted();
        assertThat(second).isNotDone();
    }

    @Test
    void closingEndsAllConnections() {
        CompletableFuture<Void> client = connect(new FakeOutput(100), null);
        broadcaster.close();
        assertThat(client).isCompleted();
        assertThat(broadcaster.clients()).isZero();
    }

    private CompletableFuture<Void> connect(FakeOutput output, String lastEventId) {
        return broadcaster.connect(output, lastEventId);
    }

    private EventStream stream(FakeOutput output) {
        EventStream client = new EventStream(log, output, MessageLog.BEGINNING);
        output.setWriteListener(client);
        return client;
    }

    private void append(String key, String json) {
        log.append(key, "type", json.getBytes(StandardCharsets.UTF_8));
    }
}
