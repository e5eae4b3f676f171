package io.github.wikiflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The page below a path of a reverse proxy, which is asked for by a name of its own. */
class ReverseProxyIT {

    private static final String NAME = "wiki.example.org";

    @Test
    void thePageWorksBelowAPath() throws Exception {
        assumeTrue(
                Chromium.isInstalled(),
                "NOT RUN: the test of the page behind a proxy needs chromium and chromedriver on the PATH"
                        + " (on Debian: apt-get install chromium chromium-driver)");
        Properties noKafka = new Properties();
        noKafka.setProperty("bootstrap.servers", "127.0.0.1:1");
        try (StandInPipeline pipeline = new StandInPipeline();
                Dashboard dashboard =
                        Dashboard.start(
                                DashboardSettings.of(noKafka)
                                        .withHttpAddress(new InetSocketAddress("127.0.0.1", 0))
                                        .withSources(pipeline.uri(), pipeline.uri())
                                        .withAccess(
                                                new HttpAccess(
                                                        List.of(NAME), List.of("127.0.0.1"), 10)));
                ReverseProxy proxy = new ReverseProxy(dashboard.uri(), "/statistics/wiki/");
                Chromium browser =
                        Chromium.startListening(
                                "--host-resolver-rules=MAP " + NAME + " 127.0.0.1")) {
            URI page = URI.create("http://%s:%d/statistics/wiki/".formatted(NAME, proxy.port()));
            browser.open(page);
            // Comes by the stream of events.
            await("the state of Kafka")
                    .atMost(Duration.ofMinutes(1))
                    .until(
                            () ->
                                    String.valueOf(browser.run("return document.body.innerText"))
                                            .contains("not reachable"));
            assertThat(browser.run("return document.querySelector('#ranking-csv').href"))
                    .isEqualTo(page + "api/rankings/users/current.csv");
            assertThat(browser.awaitAnswers(11, answer -> NAME.equals(answer.uri().getHost())))
                    .allMatch(answer -> answer.status() == 200)
                    .allMatch(answer -> answer.uri().getPath().startsWith(page.getPath()));
            // Which counts where the proxy serves by HTTPS.
            assertThat(browser.takeComplaints())
                    .allMatch(text -> text.contains("Cross-Origin-Opener-Policy header"));
        }
    }
}
