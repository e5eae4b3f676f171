package io.github.wikiflow.quickstart;

import io.github.wikiflow.bridge.BridgeOptions;
import io.github.wikiflow.bridge.stream.StreamClient;
import io.github.wikiflow.bridge.stream.StreamSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Wikipedia's own stream, or one that speaks like it, and whether it can be reached from here. */
final class LiveStream {

    /** The address of Wikimedia's streams, without a stream's name. */
    static final URI WIKIMEDIA = URI.create("https://stream.wikimedia.org/v2/stream");

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final URI streams;
    private final Optional<String> contact;

    /**
     * @param streams without a stream's name
     * @param contact whom its operators can reach about this client; if empty, they are told its
     *     name and version
     */
    LiveStream(URI streams, Optional<String> contact) {
        this.streams = streams;
        this.contact = contact;
    }

    /** What a bridge has to be told in order to read it. */
    List<String> bridgeArguments() {
        return List.of(
                "--contact",
                contact.orElse(BridgeOptions.NO_CONTACT),
                "--stream-url",
                streams.toString(),
                "--stream",
                EventSource.STREAM);
    }

    /**
     * Tries the stream as a bridge would, by the same proxies, until it answers.
     *
     * @param patience how long to try
     * @param firstFailure told once, with the reason, if the first attempt fails
     * @return why it cannot be read, in a few words; empty if it answers
     */
    Optional<String> whyUnreachable(Duration patience, Consumer<String> firstFailure)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        StreamSettings settings =
                BridgeOptions.settings(bridgeArguments().toArray(String[]::new)).stream();
        try (StreamClient client = new StreamClient(settings)) {
            Optional<String> reason = client.whyUnreachable(ANSWER);
            reason.ifPresent(firstFailure);
            while (reason.isPresent() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
                reason = client.whyUnreachable(ANSWER);
            }
            return reason;
        }
    }
}
