package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides which requests are served, and from where in the log. Thread-safe. */
final class Admission {

    private final SimulatedStreamSettings settings;
    private final String path;
    private final Map<InetAddress, Integer> connectionsOf = new HashMap<>();

    Admission(SimulatedStreamSettings settings) {
        this.settings = settings;
        this.path = "/v2/stream/" + settings.stream();
    }

    /** The only path that is served. */
    String path() {
        return path;
    }

    /** What to serve. The client counts as connected from now on until {@link #leave}. */
    Subscription admit(StreamRequest request, InetAddress client) throws RequestRefused {
        requireKnownPlace(request);
        requireUserAgent(request);
        ErrorAnswer ordered = settings.faults().refusal(request.header("Last-Event-ID"));
        if (ordered != null) {
            throw new RequestRefused(ordered);
        }
        Subscription subscription =
                new Subscription(settings.log(), positions(request), earliest());
        enter(client);
        return subscription;
    }

    /** A client that was admitted has gone. */
    synchronized void leave(InetAddress client) {
        connectionsOf.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }

    private synchronized void enter(InetAddress client) throws RequestRefused {
        int before = connectionsOf.getOrDefault(client, 0);
        if (before >= settings.connectionsPerAddress()) {
            throw new RequestRefused(
                    new ErrorAnswer(
                            429,
                            "Your HTTP client is likely opening too many concurrent connections."));
        }
        connectionsOf.put(client, before + 1);
    }

    private void requireKnownPlace(StreamRequest request) throws RequestRefused {
        if (!request.method().equals("GET")) {
            throw new RequestRefused(new ErrorAnswer(405, "only GET is supported"));
        }
        if (!request.path().startsWith("/v2/stream/")) {
            throw new RequestRefused(
                    new ErrorAnswer(404, "no such page; the stream is at " + path));
        }
        if (!request.path().equals(path)) {
            throw RequestRefused.badRequest("Invalid streams; there is only " + settings.stream());
        }
    }

    private static void requireUserAgent(StreamRequest request) throws RequestRefused {
        if (!UserAgentPolicy.accepts(request.header("User-Agent"))) {
            throw new RequestRefused(
                    new ErrorAnswer(
                            403, "Please set a User-Agent that names your client and a contact."));
        }
    }

    private List<RequestedPosition> positions(StreamRequest request) throws RequestRefused {
        String lastEventId = request.header("Last-Event-ID");
        if (lastEventId != null) {
            return RequestedPosition.parse(lastEventId, settings.log());
        }
        String since = request.parameters().get("since");
        List<RequestedPosition> positions = new ArrayList<>();
        for (String topic : settings.log().topics()) {
            if (since != null && !since.isEmpty()) {
                positions.add(RequestedPosition.atTime(topic, Since.parse(since)));
            } else if (settings.start() == Start.BEGINNING) {
                positions.add(RequestedPosition.atTime(topic, Long.MIN_VALUE));
            } else {
                positions.add(RequestedPosition.atOffset(topic, RequestedPosition.LATEST));
            }
        }
        return positions;
    }

    /** The time before which nothing can be read any more, in milliseconds since 1970. */
    private long earliest() {
        return settings.history().equals(SimulatedStreamSettings.UNLIMITED)
                ? Long.MIN_VALUE
                : settings.clock().instant().minus(settings.history()).toEpochMilli();
    }
}
