package io.github.wikiflow.http.jetty;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what the server itself refuses, such as what is no HTTP, as the API answers: {@code
 * {"error": ...}}, with the headers of all answers, and without a word of the request.
 */
final class JsonErrors extends ErrorHandler {

    private final RequestGuard guard;

    JsonErrors(RequestGuard guard) {
        this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        guard.secure(response.getHeaders());
        return super.handle(request, response, callback);
    }

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            Throwable cause,
            Callback callback) {
        write(response, code, HttpStatus.getMessage(code), callback);
    }

    /**
     * @param reason plain text without quotes and controls
     */
    static void write(Response response, int status, String reason, Callback callback) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json; charset=utf-8");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        String json = "{\"error\":\"" + reason + "\"}";
        response.write(true, StandardCharsets.UTF_8.encode(json), callback);
    }
}
