package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.http.RawExchange;
import io.github.wikiflow.http.SecurityHeaders;
import io.github.wikiflow.testing.Seed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random requests, many of which are none, at each of the three servers: no answer is without the
 * security headers, and afterwards the server answers as before, with no more threads and memory.
 * With {@code -Dfuzz.requests=1000000} as many as that.
 */
class HttpFuzzIT {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 2_000);
    private static final int PATIENCE_MILLIS = 120_000;
    private static final long HEAP_SLACK = 48L << 20;
    private static final int THREAD_SLACK = 8;

    private static final List<String> METHODS =
            List.of(
                    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
                    "get", "X", "");

    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/api/status",
                    "/api/windows",
                    "/api/windows.csv",
                    "/api/events",
                    "/api/rankings/users/current",
                    "/healthz",
                    "/metrics",
                    "/js/main.js",
                    "/lib/uplot/dist/uPlot.esm.js",
                    "/overview",
                    "/config",
                    "/jars",
                    "/jars/upload",
                    "/jars/x/run",
                    "/jars/x/plan",
                    "/jobs",
                    "/jobs/overview",
                    "/jobs/x",
                    "/jobs/x/yarn-cancel",
                    "/jobmanager/logs",
                    "/jobmanager/config",
                    "/taskmanagers",
                    "/..%2f..%2fetc/passwd",
                    "/../../etc/passwd",
                    "//evil.example/",
                    "http://evil.example/",
                    "*",
                    "/%00",
                    "/%",
                    "/%ff%fe",
                    "/;a=b",
                    "/a?b=%",
                    "/\u00e9",
                    "");

    private static final List<String> HEADERS =
            List.of(
                    "Host: evil.example",
                    "Host:",
                    "Origin: http://evil.example",
                    "Origin: null",
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Mode: navigate",
                    "Accept: application/json",
                    "Accept: \u0000",
                    "Accept-Encoding: gzip",
                    "Content-Type: multipart/form-data; boundary=b",
                    "Content-Type: multipart/form-data",
                    "Content-Type: application/x-www-form-urlencoded",
                    "Content-Length: 5",
                    "Content-Length: -1",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip, chunked",
                    "Expect: 100-continue",
                    "Expect: else",
                    "Upgrade: websocket",
                    "Upgrade: h2c",
                    "Connection: Upgrade",
                    "Connection: close",
                    "Range: bytes=0-1,5-",
                    "If-None-Match: *",
                    "If-Modified-Since: never",
                    "Last-Event-ID: x-1",
                    "Cookie: a=b; $Version=1",
                    "Authorization: Basic \u00ff",
                    "X-Forwarded-Host: localhost",
                    "X-Forwarded-For: 1.2.3.4",
                    "no header",
                    ": nothing",
                    " folded: line",
                    "X: " + "y".repeat(9_000));

    private static final List<String> BODIES =
            List.of(
                    "",
                    "hello",
                    "{}",
                    "5\r\nhello\r\n0\r\n\r\n",
                    "5\r\nhel",
                    "FFFFFFFFFF\r\n",
                    "-1\r\n\r\n",
                    "zz\r\n",
                    "0\r\nTrailer: x\r\n\r\n",
                    "--b\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"a.jar\"\r\n\r\nx\r\n--b--\r\n",
                    "--b\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"../../a.jar\"\r\n\r\nx",
                    "--b--",
                    "a=%&b");

    @TempDir private Path folder;

    @Test
    void theBridgeSurvivesWhateverComes() throws Exception {
        attack(OurServers::bridge);
    }

    @Test
    void theDashboardSurvivesWhateverComes() throws Exception {
        attack(OurServers::dashboard);
    }

    @Test
    void flinkSurvivesWhateverComes() throws Exception {
        attack(OurServers::flink);
    }

    private void attack(Function<OurServers, URI> one) throws Exception {
        RandomGenerator random = new Random(Seed.draw());
        try (OurServers servers = OurServers.start(folder)) {
            attack(one.apply(servers), random);
        }
    }

    private static void attack(URI server, RandomGenerator random) throws Exception {
        Map<String, Integer> answers = new TreeMap<>();
        long heap = 0;
        int threads = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (i == REQUESTS / 10) {
                // By then all is loaded that ever will be.
                heap = liveHeap();
                threads = threads();
            }
            byte[] request = request(random);
            String head = answer(server.getPort(), request);
            answers.merge(head.isEmpty() ? "hung up" : head.substring(9, 12), 1, Integer::sum);
            assertIsSecured(head, request);
        }
        assertThat(RawExchange.ask(server.getPort(), "GET", "/nothing", "Host: localhost").status())
                .isEqualTo(404);
        int before = threads;
        System.out.printf("%s: %d requests, answered by %s%n", server, REQUESTS, answers);
        await("the threads are as many as before")
                .atMost(Duration.ofMinutes(2))
                .until(() -> threads() <= before + THREAD_SLACK);
        long heapAfter = liveHeap();
        System.out.printf(
                "threads %d -> %d, live heap %d -> %d kB%n",
                threads, threads(), heap >> 10, heapAfter >> 10);
        assertThat(heapAfter).isLessThan(heap + HEAP_SLACK);
    }

    private static void assertIsSecured(String head, byte[] request) {
        if (head.isEmpty()) {
            return;
        }
        String lines = head.toLowerCase(Locale.ROOT);
        String asked = new String(request, StandardCharsets.ISO_8859_1);
        assertThat(lines)
                .as(asked)
                .contains("content-security-policy: ")
                .doesNotContain("access-control-allow-origin: *");
        SecurityHeaders.ALL.forEach(
                (name, value) ->
                        assertThat(lines)
                                .as(asked)
                                .contains((name + ": " + value).toLowerCase(Locale.ROOT)));
    }

    private static byte[] request(RandomGenerator random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder text = new StringBuilder();
        text.append(random.nextInt(3) == 0 ? one(METHODS, random) : "GET")
                .append(' ')
                .append(one(PATHS, random))
                .append(' ')
                .append(random.nextInt(50) == 0 ? "HTTP/9.9" : "HTTP/1.1")
                .append("\r\n");
        if (random.nextInt(20) != 0) {
            text.append("Host: localhost\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(one(HEADERS, random)).append("\r\n");
        }
        text.append("\r\n").append(one(BODIES, random));
        byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (random.nextInt(20) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static String one(List<String> choices, RandomGenerator random) {
        return choices.get(random.nextInt(choices.size()));
    }

    /**
     * The head of the last answer, without those that only ask to go on; empty if the server hung
     * up.
     */
    private static String answer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            // Leaves at once, and no port in the state that waits for late packets.
            socket.setSoLinger(true, 0);
            socket.getOutputStream().write(request);
            // Nothing more comes: what is not whole by now never will be.
            socket.shutdownOutput();
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head;
            do {
                head = head(in);
            } while (head.startsWith("HTTP/1.1 100 "));
            return head;
        } catch (SocketException e) {
            return "";
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        int next;
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0
                && (next = in.read()) >= 0) {
            head.append((char) next);
        }
        return head.toString();
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
