package io.github.wikiflow.http.jetty;

import io.github.wikiflow.http.Refusal;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.SecurityHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Stands before all other handlers: refuses what the {@link RequestPolicy} refuses and what does
 * not only read, gives every answer the security headers, and cuts an exchange that takes too long,
 * unless it is a stream of events. Thread-safe.
 */
final class RequestGuard extends Handler.Wrapper {

    /** Nothing that is served here changes anything. */
    private static final List<String> METHODS = List.of("GET", "HEAD");

    private static final String EVENT_STREAM = "text/event-stream";

    private final RequestPolicy policy;
    private final TrustedProxies proxies;
    private final String contentPolicy;
    private final Duration longestExchange;

    RequestGuard(
            RequestPolicy policy,
            TrustedProxies proxies,
            String contentPolicy,
            Duration longestExchange) {
        this.policy = policy;
        this.proxies = proxies;
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
                        header ->
                                header.equals("Host")
                                        ? proxies.hosts(request)
                                        : request.getHeaders().getValuesList(header),
                        localAddress(request));
        if (refusal.isPresent()) {
            JsonErrors.write(response, refusal.get().status(), refusal.get().reason(), callback);
            return true;
        }
        if (!METHODS.contains(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", METHODS));
            Response.writeError(request, response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
            return true;
        }
        request.setAttribute(GuardedServer.CLIENT, proxies.client(request));
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
