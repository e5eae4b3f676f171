package io.github.wikiflow.http.flink;

import io.github.wikiflow.http.Refusal;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.SecurityHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.netty4.io.netty.buffer.ByteBuf;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelDuplexHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPromise;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderValues;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaders;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpStatusClass;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.LastHttpContent;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * One connection's guard: answers what the {@link RequestPolicy} refuses in place of Flink, and
 * ends the connection after it; gives every answer of Flink's the security headers, and takes the
 * permission from it that any page may read it; cuts connections that take too long.
 *
 * <p>Only used on its connection's thread.
 */
final class RestGuard extends ChannelDuplexHandler {

    /** What the web UI needs allowed is not listed: its own scripts are Flink's matter. */
    private static final String CONTENT_SECURITY_POLICY =
            "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private static final Refusal NO_HTTP = new Refusal(400, "that is no HTTP request");

    /** Flink takes a GET of these for YARN's sake; a page's picture could then cancel a job. */
    private static final Refusal CHANGING_GET =
            new Refusal(403, "jobs are cancelled by PATCH /jobs/:jobid, and stopped by POST");

    private final RequestPolicy policy;
    private final Duration longestHead;
    private final Duration longestExchange;

    /** Whether what comes belongs to a request that was refused. */
    private boolean refused;

    /** Null before the first request can be cut off. */
    private @Nullable Future<?> cut;

    RestGuard(RequestPolicy policy, Duration longestHead, Duration longestExchange) {
        this.policy = policy;
        this.longestHead = longestHead;
        this.longestExchange = longestExchange;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        cutAfter(longestHead, ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (cut != null) {
            cut.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (message instanceof HttpRequest request && !refused) {
            cutAfter(longestExchange, ctx);
            Optional<Refusal> refusal = refusal(request, ctx);
            if (refusal.isPresent()) {
                refused = true;
                // A client that asks before it sends its body will now send none.
                cutAfter(longestHead, ctx);
                refuse(refusal.get(), ctx);
            }
        }
        if (!refused) {
            super.channelRead(ctx, message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent || isBroken(message)) {
            // Not before: a client that still sends would not read the answer.
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
            throws Exception {
        if (message instanceof HttpResponse response) {
            secure(response.headers());
        }
        if (message instanceof LastHttpContent && !isInterim(message)) {
            promise = promise.unvoid();
            promise.addListener(written -> cutAfter(longestHead, ctx));
        }
        super.write(ctx, message, promise);
    }

    private Optional<Refusal> refusal(HttpRequest request, ChannelHandlerContext ctx) {
        if (isBroken(request)) {
            return Optional.of(NO_HTTP);
        }
        String path = new QueryStringDecoder(request.uri()).path();
        if (path.endsWith("/yarn-cancel") || path.endsWith("/yarn-stop")) {
            return Optional.of(CHANGING_GET);
        }
        InetAddress local = ((InetSocketAddress) ctx.channel().localAddress()).getAddress();
        return policy.refusal(request.method().name(), request.headers()::getAll, local);
    }

    private static boolean isBroken(Object message) {
        return message instanceof HttpRequest request && request.decoderResult().isFailure();
    }

    /** Whether it only asks the client to go on. */
    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private static void refuse(Refusal refusal, ChannelHandlerContext ctx) {
        ByteBuf body =
                Unpooled.copiedBuffer(
                        "{\"errors\":[\"" + refusal.reason() + "\"]}", StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.status()), body);
        secure(response.headers());
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response);
    }

    private static void secure(HttpHeaders headers) {
        SecurityHeaders.ALL.forEach(headers::set);
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        if ("*".equals(headers.get(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN))) {
            headers.remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN);
        }
    }

    /** In place of the limit that there was. */
    private void cutAfter(Duration limit, ChannelHandlerContext ctx) {
        if (cut != null) {
            cut.cancel(false);
        }
        cut = ctx.executor().schedule(() -> ctx.close(), limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
