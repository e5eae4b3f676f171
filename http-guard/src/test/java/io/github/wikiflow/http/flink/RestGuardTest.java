package io.github.wikiflow.http.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.http.RequestPolicy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.shaded.netty4.io.netty.channel.embedded.EmbeddedChannel;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultHttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.Test;

/** How long a connection lives, by a clock of its own. */
class RestGuardTest {

    private final EmbeddedChannel connection = new Connection();

    @Test
    void cutsAHeadThatDoesNotCome() {
        pass(59);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void cutsABodyOrAnAnswerThatDoesNotCome() {
        connection.writeInbound(request());
        pass(1199);
        assertThat(connection.isOpen()).isTrue();
        pass(1);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void anUploadMayTakeLongerThanAHeadAlsoIfItAskedFirst() {
        connection.writeInbound(request());
        connection.writeOutbound(answer(HttpResponseStatus.CONTINUE));
        pass(300);
        connection.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        pass(300);
        connection.writeOutbound(answer(HttpResponseStatus.OK));
        assertThat(connection.isOpen()).isTrue();
        pass(60);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void hangsUpAfterARefusalAlsoOnWhoSendsNoBody() {
        HttpRequest foreign = request();
        foreign.headers().set("Origin", "http://evil.example");
        connection.writeInbound(foreign);
        assertThat(connection.inboundMessages()).isEmpty();
        assertThat(connection.isOpen()).isTrue();
        pass(60);
        assertThat(connection.isOpen()).isFalse();
    }

    private void pass(int seconds) {
        connection.advanceTimeBy(seconds, TimeUnit.SECONDS);
        connection.runScheduledPendingTasks();
    }

    private static HttpRequest request() {
        HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/jars/upload");
        request.headers().set("Host", "localhost");
        return request;
    }

    private static DefaultFullHttpResponse answer(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    }

    private static final class Connection extends EmbeddedChannel {

        Connection() {
            super(
                    new RestGuard(
                            new RequestPolicy("setting", List.of()),
                            Duration.ofSeconds(60),
                            Duration.ofMinutes(20)));
        }

        @Override
        protected SocketAddress localAddress0() {
            return new InetSocketAddress("127.0.0.1", 8081);
        }
    }
}
