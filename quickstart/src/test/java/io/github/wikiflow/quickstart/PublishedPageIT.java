package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.http.RawExchange;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An {@code up} that gets its options from the environment, as in a container, and what it lets
 * others reach.
 */
class PublishedPageIT {

    @TempDir private Path data;

    @Test
    void othersReachThePageByItsAddressAndNothingElse() throws Exception {
        UpProcess up =
                UpProcess.start(
                        Map.of(
                                "WIKIFLOW_SOURCE",
                                "simulated",
                                "WIKIFLOW_DASHBOARD_HOST",
                                "0.0.0.0"),
                        data);
        try {
            int port = up.dashboard().getPort();
            assertThat(up.dashboard())
                    .isEqualTo(URI.create("http://127.0.0.1:%d/".formatted(port)));
            HttpClient client = HttpClient.newHttpClient();
            for (InetAddress address : addresses()) {
                URI page = URI.create("http://%s:%d/".formatted(address.getHostAddress(), port));
                assertThat(
                                client.send(
                                        HttpRequest.newBuilder(page).build(),
                                        BodyHandlers.ofString()))
                        .as(page.toString())
                        .extracting(answer -> answer.statusCode())
                        .isEqualTo(200);
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(address, up.flink().getPort()).close())
                            .isInstanceOf(ConnectException.class);
                }
            }
            assertThat(RawExchange.ask(port, "GET", "/", "Host: evil.example").status())
                    .isEqualTo(421);
        } finally {
            up.kill();
        }
    }

    /** Of this machine, by which a server on all of them is reached. */
    private static List<InetAddress> addresses() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .toList();
    }
}
