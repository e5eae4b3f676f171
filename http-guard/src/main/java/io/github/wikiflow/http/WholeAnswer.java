package io.github.wikiflow.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks another server, and waits no longer than is said for the whole of its answer. A request's
 * own timeout ends with the headers, so that a body that never comes would hold the caller for
 * ever.
 */
public final class WholeAnswer {

    private WholeAnswer() {}

    /**
     * Sends the request, and ends the exchange when the time is over, or the caller is interrupted.
     *
     * @param patience from now until the end of the body
     * @throws IOException if there is no whole answer, or none in time
     */
    public static <T> HttpResponse<T> await(
            HttpClient client, HttpRequest request, BodyHandler<T> body, Duration patience)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(
                    "no whole answer within %d ms".formatted(patience.toMillis()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                throw (IOException) e.getCause();
            }
            throw new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }
}
