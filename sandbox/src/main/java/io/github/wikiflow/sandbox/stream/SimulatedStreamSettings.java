package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.sandbox.stream.fault.Ending;
import io.github.wikiflow.sandbox.stream.fault.FaultPlan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * How a {@link SimulatedEventStreams} behaves.
 *
 * @param log what it serves
 * @param address to listen on; its port is 0 for a free one
 * @param stream name in the URL
 * @param start where a connection begins that asks for no position
 * @param history how far back a client may go
 * @param cutAfter age at which a connection is cut
 * @param cutEnding how it is cut
 * @param connectionsPerAddress more are answered 429
 * @param closeAtEnd whether a connection ends when all of a finite log is sent; else it stays open
 *     in silence
 * @param faults what goes wrong
 * @param clock for the history
 */
public record SimulatedStreamSettings(
        PublishedLog log,
        InetSocketAddress address,
        String stream,
        Start start,
        Duration history,
        Duration cutAfter,
        Ending cutEnding,
        int connectionsPerAddress,
        boolean closeAtEnd,
        FaultPlan faults,
        InstantSource clock) {

    /** Where a connection begins that asks for no position. */
    public enum Start {
        /** With what comes next, as the real service. */
        LATEST,
        /** With the log's first event. */
        BEGINNING
    }

    /** The stream of all changes to all wikis. */
    public static final String RECENT_CHANGE = "recentchange";

    /** A duration beyond all others. */
    public static final Duration UNLIMITED = ChronoUnit.FOREVER.getDuration();

    /** The real service's behaviour on a free port, without a limit of the history or faults. */
    public static Builder builder(PublishedLog log) {
        return new Builder(log);
    }

    /** Collects settings. */
    public static final class Builder {

        private final PublishedLog log;
        private InetSocketAddress address = loopback(0);
        private String stream = RECENT_CHANGE;
        private Start start = Start.LATEST;
        private Duration history = UNLIMITED;
        private Duration cutAfter = Duration.ofMinutes(15);
        private Ending cutEnding = Ending.CLOSED;
        private int connectionsPerAddress = 2;
        private boolean closeAtEnd;
        private FaultPlan faults = FaultPlan.NONE;
        private InstantSource clock = InstantSource.system();

        private Builder(PublishedLog log) {
            this.log = log;
        }

        public Builder address(InetSocketAddress value) {
            address = value;
            return this;
        }

        /** A port on the loopback address. */
        public Builder port(int value) {
            return address(loopback(value));
        }

        public Builder stream(String value) {
            stream = value;
            return this;
        }

        public Builder start(Start value) {
            start = value;
            return this;
        }

        public Builder history(Duration value) {
            history = value;
            return this;
        }

        public Builder cutAfter(Duration value) {
            cutAfter = value;
            return this;
        }

        public Builder cutEnding(Ending value) {
            cutEnding = value;
            return this;
        }

        public Builder connectionsPerAddress(int value) {
            connectionsPerAddress = value;
            return this;
        }

        public Builder closeAtEnd(boolean value) {
            closeAtEnd = value;
            return this;
        }

        public Builder faults(FaultPlan value) {
            faults = value;
            return this;
        }

        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        public SimulatedStreamSettings build() {
            return new SimulatedStreamSettings(
                    log,
                    address,
                    stream,
                    start,
                    history,
                    cutAfter,
                    cutEnding,
                    connectionsPerAddress,
                    closeAtEnd,
                    faults,
                    clock);
        }

        private static InetSocketAddress loopback(int port) {
            return new InetSocketAddress("127.0.0.1", port);
        }
    }
}
