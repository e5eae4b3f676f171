package io.github.wikiflow.http.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.http.RawExchange;
import io.github.wikiflow.http.SecurityHeaders;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink's own REST server with the guard that it finds on its class path. */
class RestGuardIT {

    @TempDir private static Path folder;

    private static MiniCluster cluster;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "127.0.0.1");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.SUBMIT_ENABLE, true);
        configuration.set(WebOptions.TMP_DIR, folder.toString());
        configuration.setString(
                RestGuardFactory.ALLOWED_HOSTS.key(), "jobmanager;flink.example.org");
        cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .build());
        cluster.start();
        port = cluster.getRestAddress().get().getPort();
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1:8081, 200",
        "jobmanager:8081, 200",
        "flink.example.org, 200",
        "evil.example, 421",
        "evil.example:8081, 421"
    })
    void answersToItsNamesOnly(String host, int status) throws Exception {
        for (String path : List.of("/overview", "/", "/config", "/jars")) {
            RawExchange answer = RawExchange.ask(port, "GET", path, "Host: " + host);
            assertThat(answer.status()).as(path).isEqualTo(status);
            assertIsSecured(answer);
        }
    }

    @Test
    void foreignPagesUploadNothingAndReadNothing() throws Exception {
        for (String mark :
                List.of(
                        "Origin: http://evil.example",
                        "Origin: null",
                        "Origin: http://localhost:8080",
                        "Sec-Fetch-Site: cross-site",
                        "Sec-Fetch-Site: same-site")) {
            RawExchange upload = upload(mark);
            assertThat(upload.status()).as(mark).isEqualTo(403);
            assertThat(upload.body())
                    .isEqualTo(
                            "{\"errors\":[\"pages of other sites may link to this server, and no more\"]}");
            assertIsSecured(upload);
            for (String method : List.of("GET", "POST", "PATCH", "DELETE", "OPTIONS")) {
                RawExchange answer =
                        RawExchange.ask(port, method, "/jobs", "Host: localhost", mark);
                assertThat(answer.status()).as(method + " " + mark).isEqualTo(403);
                assertIsSecured(answer);
            }
        }
        assertThat(uploads()).isEmpty();
        assertThat(upload("Origin: http://localhost").status()).isEqualTo(200);
        assertThat(uploads()).hasSize(1);
    }

    @Test
    void noPictureCancelsAJob() throws Exception {
        String job = "/jobs/00000000000000000000000000000001";
        for (String path :
                List.of("/yarn-cancel", "/yarn-stop", "/yarn%2Dcancel", "/yarn-stop?a")) {
            assertThat(RawExchange.ask(port, "GET", job + path, "Host: localhost").status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(RawExchange.ask(port, "PATCH", job, "Host: localhost").status()).isEqualTo(404);
    }

    @Test
    void everyAnswerIsSecured() throws Exception {
        assertIsSecured(RawExchange.ask(port, "GET", "/nothing", "Host: localhost"));
        assertIsSecured(RawExchange.ask(port, "POST", "/jars/x/run", "Host: localhost"));
        RawExchange broken =
                RawExchange.send(port, "no HTTP\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(broken.status()).isEqualTo(400);
        assertIsSecured(broken);
        RawExchange tooLarge =
                RawExchange.ask(port, "GET", "/" + "x".repeat(20_000), "Host: localhost");
        assertThat(tooLarge.status()).isEqualTo(400);
        assertIsSecured(tooLarge);
    }

    @Test
    void aConnectionServesManyRequests() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            byte[] request =
                    "GET /jobs HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(request);
                byte[] answer = new byte[4096];
                int length = socket.getInputStream().read(answer);
                assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("{\"jobs\":[]}");
            }
        }
    }

    private static void assertIsSecured(RawExchange answer) {
        SecurityHeaders.ALL.forEach(
                (name, value) -> assertThat(answer.header(name)).as(name).containsExactly(value));
        assertThat(answer.header("Content-Security-Policy")).hasSize(1);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    /** As a form of a page would, without asking first. */
    private static RawExchange upload(String mark) throws IOException {
        String body =
                """
                --b\r
                Content-Disposition: form-data; name="jarfile"; filename="evil.jar"\r
                Content-Type: application/java-archive\r
                \r
                evil\r
                --b--\r
                """;
        return RawExchange.send(
                port,
                ("POST /jars/upload HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                + "Content-Type: multipart/form-data; boundary=b\r\n"
                                + mark
                                + "\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static List<Path> uploads() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("upload"))
                    .filter(file -> file.toString().endsWith("evil.jar"))
                    .toList();
        }
    }
}
