package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.wikiflow.dashboard.Chromium;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real browser that looks at a stranger's page, which tries all that a page can to upload, run,
 * cancel and read, at each of the pipeline's three servers.
 */
class ForeignPageIT {

    /** A name of the stranger's that leads to this machine. */
    private static final String REBOUND = "evil.example";

    private static final String JOB = "00000000000000000000000000000001";

    /** Tries everything at the server, and calls back when the last try has ended somehow. */
    private static final String ATTACK =
            """
            const [base, job, done] = arguments;
            const settled = (element, parent) => new Promise((resolve) => {
              element.onload = element.onerror = resolve;
              parent.append(element);
            });
            const element = (name, properties) => Object.assign(document.createElement(name), properties);
            const jar = () => {
              const form = new FormData();
              form.append('jarfile', new Blob(['evil'], {type: 'application/java-archive'}), 'evil.jar');
              return form;
            };
            const submitted = () => new Promise((resolve) => {
              const frame = element('iframe', {name: 'answer'});
              document.body.append(frame);
              frame.onload = resolve;
              const form = element('form', {method: 'post', action: base + '/jars/x/run', enctype: 'text/plain', target: 'answer'});
              form.append(element('input', {name: '{', value: '}'}));
              document.body.append(form);
              form.submit();
            });
            const withoutOrigin = () => new Promise((resolve) => {
              window.onmessage = resolve;
              const frame = element('iframe', {srcdoc: `<script>
                fetch('${base}/jars/x/run', {method: 'POST', mode: 'no-cors', body: '{}'}).finally(() => parent.postMessage('', '*'))
              </script>`});
              frame.setAttribute('sandbox', 'allow-scripts');
              document.body.append(frame);
            });
            const socket = () => new Promise((resolve) => {
              const opened = new WebSocket(base.replace('http', 'ws') + '/');
              opened.onopen = () => resolve('open');
              opened.onclose = () => resolve('closed');
            });
            const events = () => new Promise((resolve) => {
              const source = new EventSource(base + '/api/events');
              source.onopen = () => resolve('open');
              source.onerror = () => { source.close(); resolve('closed'); };
            });
            const read = (path, options) => fetch(base + path, options).then((r) => r.type === 'opaque' ? 'opaque' : 'read', () => 'refused');
            Promise.all([
              read('/jars/upload', {method: 'POST', body: jar()}),
              read('/jars/upload', {method: 'POST', body: jar(), mode: 'no-cors'}),
              read('/jars/x/run', {method: 'POST', body: '{}', mode: 'no-cors'}),
              read('/jars/x/run', {method: 'POST', body: '{}', headers: {'Content-Type': 'application/json'}}),
              read('/jobs/' + job, {method: 'PATCH'}),
              read('/jars/x', {method: 'DELETE'}),
              read('/jobs/overview'),
              read('/jobs/overview', {mode: 'no-cors'}),
              read('/api/status'),
              read('/metrics'),
              read('/'),
              settled(element('img', {src: base + '/jobs/' + job + '/yarn-cancel'}), document.body).then(() => 'settled'),
              settled(element('img', {src: base + '/favicon.svg'}), document.body).then((e) => e.type),
              settled(element('script', {src: base + '/js/main.js'}), document.body).then((e) => e.type),
              settled(element('link', {rel: 'stylesheet', href: base + '/style.css'}), document.head).then((e) => e.type),
              settled(element('iframe', {src: base + '/'}), document.body).then(() => 'settled'),
              submitted().then(() => 'settled'),
              withoutOrigin().then(() => 'settled'),
              socket(),
              events(),
            ]).then(done, (error) => done(['failed: ' + error]));
            """;

    @TempDir private Path folder;

    private final List<AutoCloseable> servers = new ArrayList<>();
    private OurServers ours;
    private int strangersPort;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(
                Chromium.isInstalled(),
                "NOT RUN: the test of foreign pages needs chromium and chromedriver on the PATH"
                        + " (on Debian: apt-get install chromium chromium-driver)");
        ours = OurServers.start(folder);
        servers.add(ours);
        HttpServer stranger =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext(
                "/",
                exchange -> {
                    byte[] page =
                            "<!doctype html><title>free kittens</title><body>kittens"
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
        stranger.start();
        servers.add(() -> stranger.stop(0));
        strangersPort = stranger.getAddress().getPort();
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).close();
        }
    }

    @Test
    void aStrangersPageGetsNothing() throws Exception {
        try (Chromium browser = browser()) {
            for (String pagesHost : List.of("localhost", "127.0.0.1", REBOUND)) {
                for (int port : ports()) {
                    for (String host : List.of("127.0.0.1", "localhost", REBOUND)) {
                        attack(browser, of(pagesHost, strangersPort), of(host, port));
                    }
                }
            }
        }
        assertThat(new FlinkRest(ours.flink()).get("/jars").path("files")).isEmpty();
    }

    @Test
    void aNameThatIsReboundShowsNothing() throws Exception {
        try (Chromium browser = browser()) {
            for (int port : ports()) {
                browser.open(of(REBOUND, port));
                assertThat(browser.awaitAnswers(1, answer -> answer.uri().getPort() == port))
                        .allMatch(answer -> answer.status() == 421);
            }
        }
    }

    @Test
    void theirOwnPagesWork() throws Exception {
        try (Chromium browser = browser()) {
            for (String host : List.of("127.0.0.1", "localhost")) {
                browser.open(of(host, ours.flink().getPort()));
                await("Flink's web UI")
                        .atMost(Duration.ofMinutes(1))
                        .until(
                                () ->
                                        String.valueOf(
                                                        browser.run(
                                                                "return document.body.innerText"))
                                                .contains("Available Task Slots"));
                assertThat(
                                browser.await(
                                        """
                                        const done = arguments[0];
                                        const form = new FormData();
                                        form.append('jarfile', new Blob(['own'], {type: 'application/java-archive'}), 'own.jar');
                                        (async () => {
                                          const uploaded = await fetch('/jars/upload', {method: 'POST', body: form});
                                          const id = (await uploaded.json()).filename.split('/').pop();
                                          const run = await fetch(`/jars/${id}/run`, {method: 'POST', body: '{}'});
                                          const cancelled = await fetch('/jobs/00000000000000000000000000000001', {method: 'PATCH'});
                                          const removed = await fetch(`/jars/${id}`, {method: 'DELETE'});
                                          return [uploaded.status, run.status, cancelled.status, removed.status];
                                        })().then(done, (error) => done(String(error)));
                                        """))
                        // What is no jar does not run, and a job that is not there is not
                        // cancelled: that is Flink's word.
                        .isEqualTo(List.of(200L, 500L, 404L, 200L));

                browser.open(of(host, ours.dashboard().getPort()));
                await("the dashboard's state of Flink")
                        .atMost(Duration.ofMinutes(1))
                        .until(
                                () ->
                                        String.valueOf(
                                                        browser.run(
                                                                "return document.body.innerText"))
                                                .contains("not running"));
                browser.open(of(host, ours.bridge().getPort()).resolve("/healthz"));
                assertThat(String.valueOf(browser.run("return document.body.innerText")))
                        .contains("healthy");
            }
        }
    }

    private void attack(Chromium browser, URI page, URI target) throws Exception {
        browser.open(page);
        browser.takeAnswers();
        List<String> results =
                ((List<?>) browser.await(ATTACK, target.toString(), JOB))
                        .stream().map(String::valueOf).toList();
        assertThat(results)
                .as("%s at %s", page, target)
                .hasSize(20)
                .doesNotContain("read", "open", "load")
                .noneMatch(result -> result.startsWith("failed"));
        assertThat(browser.awaitAnswers(10, answer -> answer.uri().getPort() == target.getPort()))
                .as("%s at %s", page, target)
                .allMatch(answer -> answer.status() == 403 || answer.status() == 421);
    }

    private List<Integer> ports() {
        return List.of(ours.dashboard().getPort(), ours.flink().getPort(), ours.bridge().getPort());
    }

    private static Chromium browser() {
        return Chromium.startListening("--host-resolver-rules=MAP " + REBOUND + " 127.0.0.1");
    }

    private static URI of(String host, int port) {
        return URI.create("http://%s:%d".formatted(host, port));
    }
}
