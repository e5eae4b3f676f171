package io.github.wikiflow.http.jetty;

import io.github.wikiflow.http.Refusal;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.SecurityHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Stands before all other handlers: refuses what the {@link RequestPolicy} refuses, gives every
 * answer the security headers, and cuts an exchange that takes too long, unless it is a stream of
 * events. Thread-safe.
 */
final class RequestGuard extends Handler.Wrapper {

    private static final String EVENT_STREAM = "text/event-stream";

    private final RequestPolicy policy;
    private final String contentPolicy;
    private final Duration longestExchange;

    RequestGuard(RequestPolicy policy, String contentPolicy, Duration longestExchange) {
        this.policy = policy;
        this.contentPolicy = contentPolicy;
        this.longestExchange = longestExchange;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        secure(response.getHeaders());
        limit(request, response);
        Optional<Refusal> refusal =
                policy.refusal(
                        request.getMethod(),
                        request.getHeaders()::getValuesList,
                        localAddress(request));
        if (refusal.isPresent()) {
            JsonErrors.write(response, refusal.get().status(), refusal.get().reason(), callback);
            return true;
        }
        return super.handle(request, response, callback);
    }

    /** Adds what every answer has. */
    void secure(HttpFields.Mutable headers) {
        SecurityHeaders.ALL.forEach(headers::put);
        headers.put("Content-Security-Policy", contentPolicy);
    }

    private void limit(Request request, Response response) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        Scheduler.Task cut =
                request.getComponents()
                        .getScheduler()
                        .schedule(
                                () -> {
                                    if (!isEventStream(response)) {
                                        connection.close();
                                    }
                                },
                                longestExchange.toMillis(),
                                TimeUnit.MILLISECONDS);
        Request.addCompletionListener(request, failure -> cut.cancel());
    }

    private static boolean isEventStream(Response response) {
        String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type != null && type.startsWith(EVENT_STREAM);
    }

    private static InetAddress localAddress(Request request) {
        return ((InetSocketAddress) request.getConnectionMetaData().getLocalSocketAddress())
                .getAddress();
    }
}
