package io.github.wikiflow.dashboard;

import static io.github.wikiflow.dashboard.SampleRankings.LENGTH;
import static io.github.wikiflow.dashboard.SampleRankings.START;
import static io.github.wikiflow.dashboard.SampleRankings.bot;
import static io.github.wikiflow.dashboard.SampleRankings.early;
import static io.github.wikiflow.dashboard.SampleRankings.emitted;
import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static io.github.wikiflow.dashboard.SampleRankings.of;
import static io.github.wikiflow.dashboard.SampleRankings.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a browser, fed through Kafka. */
class PageIT {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** Counts the animations that the page starts, and notes what a name managed to execute. */
    private static final String SPY =
            """
            window.glides = 0;
            window.attacked = false;
            const animate = Element.prototype.animate;
            Element.prototype.animate = function (...args) {
              window.glides++;
              return animate.apply(this, args);
            };
            """;

    /** Colours of the style sheet. */
    private static final int LIGHT_PAPER = 0xF6F5F1;

    private static final int DARK_PAPER = 0x111318;

    private static final String COLOURS_OF_THE_CHART =
            """
            const canvas = document.querySelector("canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
            """;

    /**
     * The texts whose contrast with what is painted behind them is less than WCAG 2.2 asks for in
     * level AA: 4.5, or 3 for large letters.
     */
    private static final String TOO_FAINT =
            """
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 1;
            const paint = canvas.getContext("2d", { willReadFrequently: true });
            const luminance = () => {
                const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((part) =>
                    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const lay = (colour) => { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); };
            const faint = [];
            for (const element of document.body.querySelectorAll("*")) {
                const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
                    .map((node) => node.data.trim()).join("");
                if (text === "" || !element.checkVisibility({ visibilityProperty: true })) continue;
                const behind = [];
                for (let each = element; each !== null; each = each.parentElement) behind.unshift(each);
                lay("white");
                behind.forEach((each) => lay(getComputedStyle(each).backgroundColor));
                const back = luminance();
                const style = getComputedStyle(element);
                lay(style.color);
                const front = luminance();
                const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
                if (contrast < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) {
                    faint.push(`${contrast.toFixed(1)}: ${element.tagName}.${element.className} ${text}`);
                }
            }
            return faint;
            """;

    @TempDir private static Path folder;

    private static EmbeddedKafka kafka;
    private static Chromium browser;

    private StandInPipeline pipeline;
    private String topicName;
    private RankingsTopic topic;
    private Dashboard dashboard;

    @BeforeAll
    static void startBrowser() throws Exception {
        assumeTrue(
                Chromium.isInstalled(),
                "NOT RUN: the tests of the page need chromium and chromedriver on the PATH"
                        + " (on Debian: apt-get install chromium chromium-driver)");
        kafka = EmbeddedKafka.start(folder);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            TopicCreation.createIfMissing(admin, Topic.LATE, Topic.LATE.defaultName());
            TopicCreation.createIfMissing(
                    admin, Topic.DEAD_LETTERS, Topic.DEAD_LETTERS.defaultName());
        }
        browser = Chromium.start();
        browser.runBeforeEveryPage(SPY);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        topicName = test.getTestMethod().orElseThrow().getName();
        topic = new RankingsTopic(kafka.bootstrapServers(), topicName);
        pipeline = new StandInPipeline();
        dashboard = Dashboard.start(settings(0));
        browser.appear(1280, 1300, false, false);
        // The page of the test before would go on to ask its dashboard.
        browser.open(URI.create("about:blank"));
        browser.takeComplaints();
    }

    @AfterEach
    void stop() throws Exception {
        dashboard.close();
        pipeline.close();
        topic.close();
    }

    @Test
    void barsAppearAndGlideToTheirNewRank() throws Exception {
        topic.write(early(Dimension.USERS, 1, bot("First", 40), entry("Second", 10)));
        browser.open(dashboard.uri());
        awaitTexts("#bars .name", "First", "Second");
        assertThat(browser.texts("#bars .count")).containsExactly("40", "10");
        assertThat(browser.texts("#bars .share")).containsExactly("40.0%", "10.0%");
        assertThat(browser.texts("#bars .is-bot .bot")).containsExactly("bot");
        assertThat(width("#bars li:nth-child(2) .fill") / width("#bars li:nth-child(1) .fill"))
                .isBetween(0.24, 0.26);
        assertThat(glides()).isZero();

        topic.write(
                early(Dimension.USERS, 2, entry("Second", 80), bot("First", 41), entry("New", 5)));
        awaitTexts("#bars .name", "Second", "First", "New");
        // Two bars change places and lengths, one fades in.
        assertThat(glides()).isGreaterThanOrEqualTo(3);

        browser.element("#view-table").click();
        awaitTexts("#standings tbody .name", "Second", "First", "New");
        assertThat(browser.texts("#standings tbody .move .visually-hidden"))
                .containsExactly("up 1", "down 1", "new among the first");
        assertNoComplaints();
    }

    @Test
    void eventsThatAreNotLiveAreSaidToBeSoAlsoWhenTheBridgeIsGone() throws Exception {
        pipeline.answer("/healthz", 200, "{}")
                .answer("/metrics", 200, "wikiflow_bridge_source{kind=\"simulated\"} 1.0\n");
        browser.open(dashboard.uri());
        awaitTexts("#source:not([hidden])", "Simulated events");
        pipeline.answer("/metrics", 500, "");
        awaitTexts("#parts li:first-child .part-word", "unknown");
        assertThat(browser.texts("#source:not([hidden])")).containsExactly("Simulated events");
    }

    @Test
    void liveEventsHaveNoChipAndAJobThatRestartsForEverSaysWhy() throws Exception {
        pipeline.answer("/healthz", 200, "{}")
                .answer("/metrics", 200, "wikiflow_bridge_source{kind=\"live\"} 1.0\n")
                .answer(
                        "/jobs/overview",
                        200,
                        "{\"jobs\":[{\"jid\":\"j\",\"name\":\"wikiflow-archive\",\"state\":\"RUNNING\"}]}")
                .answer("/jobs/j/checkpoints", 200, "{}")
                .answer("/jobs/j/exceptions", 200, PageIT::threeFailures);
        browser.open(dashboard.uri());
        await("the archive restarts")
                .until(
                        () ->
                                browser.texts("#parts .part-note").stream()
                                        .anyMatch(
                                                note ->
                                                        note.matches(
                                                                "3 failures since .* UTC, the last: IOException: <b>full")));
        assertThat(browser.texts("#source:not([hidden])")).isEmpty();
    }

    private static String threeFailures() {
        long now = System.currentTimeMillis();
        String entry = "{\"timestamp\":%d,\"stacktrace\":\"java.io.IOException: <b>full\"}";
        return "{\"exceptionHistory\":{\"entries\":[%s,%s,%s]}}"
                .formatted(entry.formatted(now), entry.formatted(now), entry.formatted(now));
    }

    @Test
    void whoPrefersLessMotionGetsNone() throws Exception {
        browser.appear(1280, 1300, false, true);
        topic.write(early(Dimension.USERS, 1, entry("a", 2), entry("b", 1)));
        browser.open(dashboard.uri());
        awaitTexts("#bars .name", "a", "b");
        topic.write(early(Dimension.USERS, 2, entry("b", 4), entry("a", 2)));
        awaitTexts("#bars .name", "b", "a");
        assertThat(glides()).isZero();
    }

    @Test
    void tabsChooseWhatIsRankedByMouseAndByKeyboard() throws Exception {
        topic.write(
                early(Dimension.USERS, 1, bot("Bot", 9)),
                early(Dimension.HUMANS, 1, entry("Ann", 3)),
                early(Dimension.PAGES, 1, page("dewiki", "Berg", 2)),
                early(Dimension.WIKIS, 1, entry("dewiki", 9)));
        browser.open(dashboard.uri());
        awaitTexts("#bars .name", "Bot");
        browser.element("#tab-pages").click();
        awaitTexts("#bars .name", "Berg");
        assertThat(browser.texts("#bars .site")).containsExactly("de.wikipedia.org");
        assertThat(browser.element("#bars a").getDomAttribute("href"))
                .isEqualTo("https://de.wikipedia.org/wiki/Berg");
        browser.element("#tab-pages").sendKeys(Keys.ARROW_RIGHT);
        awaitTexts("#bars .name", "dewiki");
        browser.element("#tab-wikis").sendKeys(Keys.HOME);
        awaitTexts("#bars .name", "Bot");
        browser.element("#tab-users").sendKeys(Keys.ARROW_RIGHT);
        awaitTexts("#bars .name", "Ann");
        assertThat(browser.texts("[role=tab][aria-selected=true]")).containsExactly("Humans");
        assertThat(browser.texts("[role=tab][tabindex='-1']"))
                .containsExactly("Users", "Pages", "Wikis");
        assertThat(browser.element("#board").getDomAttribute("aria-labelledby"))
                .isEqualTo("tab-humans");
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("tab-humans");
        assertNoComplaints();
    }

    @Test
    void aWindowOfThePastCanBeChosenAndIsKeptUpToDate() throws Exception {
        Instant earlier = START.minus(LENGTH);
        topic.write(
                of(
                        Dimension.USERS,
                        earlier.minus(LENGTH),
                        Pane.ON_TIME,
                        true,
                        3,
                        List.of(entry("Oldest", 4))),
                of(Dimension.USERS, earlier, Pane.ON_TIME, false, 3, List.of(entry("Then", 7))),
                early(Dimension.USERS, 1, entry("Now", 2)));
        browser.open(dashboard.uri());
        awaitTexts("#bars .name", "Now");
        awaitTexts("#window-list tbody .chip", "early", "on time", "final");
        assertThat(browser.texts("#window-list tbody td:nth-child(2)"))
                .containsExactly("4", "14", "8");
        assertThat(browser.run("return document.querySelector('#windows-chart canvas') !== null"))
                .isEqualTo(true);

        browser.element("#window-list tbody tr:nth-child(2) button").click();
        awaitTexts("#bars .name", "Then");
        assertThat(browser.texts("#window-state")).containsExactly("on time");
        assertThat(browser.element("#ranking-csv").getDomAttribute("href"))
                .isEqualTo("api/rankings/users/" + earlier + ".csv");
        assertThat(browser.run("return location.hash")).isEqualTo("#users/" + earlier);

        topic.write(
                of(Dimension.USERS, earlier, Pane.LATE, false, 4, List.of(entry("Corrected", 8))));
        awaitTexts("#bars .name", "Corrected");
        assertThat(browser.texts("#window-state")).containsExactly("corrected");

        browser.element("#back-to-live").click();
        awaitTexts("#bars .name", "Now");
        assertThat(browser.element("#back-to-live").isDisplayed()).isFalse();
        assertNoComplaints();
    }

    @Test
    void hostileNamesStayText() throws Exception {
        String markup = "<img src=x onerror='window.attacked=true'>";
        String override = "\u202Etxt.exe";
        String longest = "w".repeat(255);
        topic.write(
                early(
                        Dimension.USERS,
                        1,
                        entry(markup, 7),
                        entry(override, 6),
                        entry(longest, 5),
                        entry("   ", 4),
                        entry("\u200B\u3164", 3),
                        entry("", 2),
                        entry("javascript:alert(1)", 1)),
                early(
                        Dimension.PAGES,
                        1,
                        page("evil.example/?", markup, 3),
                        page(null, "no wiki", 2),
                        page("enwiki", "\"><script>window.attacked=true</script>", 1)));
        browser.appear(390, 1300, false, false);
        browser.open(dashboard.uri());
        awaitTexts(
                "#bars .name",
                markup,
                override,
                longest,
                "U+0020 U+0020 U+0020",
                "U+200B U+3164",
                "empty name",
                "javascript:alert(1)");
        assertSafe();
        browser.element("#view-table").click();
        assertSafe();
        browser.element("#tab-pages").click();
        awaitTexts(
                "#standings tbody .name",
                markup,
                "no wiki",
                "\"><script>window.attacked=true</script>");
        assertSafe();
        assertThat(browser.texts("#standings tbody a .name"))
                .containsExactly("\"><script>window.attacked=true</script>");
        assertNoComplaints();
    }

    @Test
    void saysThatTheConnectionIsLostAndReconnectsByItself() throws Exception {
        topic.write(early(Dimension.USERS, 1, entry("before", 1)));
        browser.open(dashboard.uri());
        awaitTexts("#bars .name", "before");
        assertThat(browser.element("#connection-banner").isDisplayed()).isFalse();
        int port = dashboard.uri().getPort();
        dashboard.close();
        await("the banner shows")
                .atMost(Duration.ofMinutes(1))
                .until(() -> browser.element("#connection-banner").isDisplayed());
        assertThat(browser.element("#connection-banner").getText()).contains("is lost");
        assertThat(browser.texts("#pulse-word")).containsExactly("Connection lost");
        assertThat(browser.texts("#bars .name")).containsExactly("before");

        topic.write(early(Dimension.USERS, 2, entry("after", 2)));
        dashboard = Dashboard.start(settings(port));
        awaitTexts("#bars .name", "after");
        await("the banner goes")
                .atMost(Duration.ofMinutes(1))
                .until(() -> !browser.element("#connection-banner").isDisplayed());
    }

    @Test
    void anAddressThatIsNoneDoesNotStopThePage() throws Exception {
        topic.write(early(Dimension.USERS, 1, entry("there", 1)));
        for (String address :
                List.of("#%E0%A4%A", "#%", "#users/%FF", "#nobody/x", "#/", "#users/")) {
            browser.open(URI.create("about:blank"));
            browser.run("location.href = arguments[0]", dashboard.uri() + address);
            awaitTexts("#bars .name", "there");
        }
        browser.run("location.hash = '#%E0%A4%A'");
        browser.element("#tab-pages").click();
        await("the page goes on").until(() -> "#pages".equals(browser.run("return location.hash")));
        assertNoComplaints();
    }

    @Test
    void aPartThatIsUnwellIsSaidBeforeAllElse() throws Exception {
        pipeline.answer("/healthz", 503, "{\"reasons\":[\"the stream is <i>silent</i>\"]}")
                .answer("/metrics", 200, "wikiflow_bridge_events_total 5\n");
        topic.write(early(Dimension.USERS, 1, entry("there", 1)));
        browser.open(dashboard.uri());
        awaitPulse("Bridge not healthy for [1-9]\\d* s");
        assertThat(browser.element("#pulse").getDomAttribute("title"))
                .isEqualTo("the stream is <i>silent</i>");
    }

    @Test
    void whoFindsNoSeatIsToldSoAndGetsOneWhenItIsFree() throws Exception {
        dashboard.close();
        dashboard = Dashboard.start(settings(0).withLimits(1, 1_000, Duration.ofSeconds(30)));
        topic.write(early(Dimension.USERS, 1, entry("there", 1)));
        try (EventReader other = new EventReader(dashboard.uri().resolve("api/events"), null)) {
            other.await("status");
            browser.open(dashboard.uri());
            awaitPulse("All seats are taken");
            assertThat(browser.texts("#connection-banner:not([hidden])"))
                    .singleElement()
                    .asString()
                    .startsWith("All seats of this dashboard");
        }
        awaitTexts("#bars .name", "there");
        assertThat(browser.element("#connection-banner").isDisplayed()).isFalse();
        assertThat(browser.takeComplaints()).allMatch(complaint -> complaint.contains("503"));
    }

    @Test
    void silenceIsSaidAndWhatIsShownIsTheLastThatIsKnown() throws Exception {
        answerForTheBridge(5, 7_500);
        answerWithHealthyJobs(Instant.now());
        topic.write(
                emitted(
                        Instant.now().minusSeconds(130),
                        early(Dimension.USERS, 1, entry("last", 1))));
        browser.open(dashboard.uri());
        // The bridge's first count is known by then.
        awaitTexts("#parts li:first-child .part-word", "running");
        awaitPulse("Nothing new for \\d min \\d+ s");
        assertThat(browser.texts("#window-eyebrow")).containsExactly("Last known window");
        assertThat(browser.element("#window-progress").isDisplayed()).isFalse();

        answerForTheBridge(6, 7_500);
        awaitPulse("Catching up, 2 h 5 min behind");
        assertThat(browser.texts("#window-eyebrow")).containsExactly("Current window");
        answerForTheBridge(7, 2);
        awaitPulse("Live");
    }

    private void answerForTheBridge(long events, long lagSeconds) {
        String metrics = "wikiflow_bridge_events_total %d\nwikiflow_bridge_lag_seconds %d\n";
        pipeline.answer("/metrics", 200, metrics.formatted(events, lagSeconds))
                .answer("/healthz", 200, "{}");
    }

    private static void awaitPulse(String pattern) {
        await("how things are")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () ->
                                assertThat(browser.texts("#pulse-word"))
                                        .singleElement()
                                        .asString()
                                        .matches(pattern));
    }

    @Test
    void theFirstStartExplainsItself() throws Exception {
        dashboard.close();
        topicName = "not-created-yet";
        dashboard = Dashboard.start(settings(0));
        browser.open(dashboard.uri());
        awaitTexts(
                "#ranking-empty",
                "There are no rankings yet: their topic does not exist. The rankings job creates it when it starts.");
        assertThat(browser.texts("#parts .part-word"))
                .containsExactly("unknown", "running", "unknown", "unknown");
        assertThat(browser.element("#windows-empty").isDisplayed()).isTrue();
        topic.close();
        topic = new RankingsTopic(kafka.bootstrapServers(), topicName);
        awaitTexts(
                "#ranking-empty",
                "No ranking yet. The first one comes some ten seconds after the first changes.");
        topic.write(early(Dimension.USERS, 1, entry("at last", 1)));
        awaitTexts("#bars .name", "at last");
        assertNoComplaints();
    }

    @Test
    void looksRightInLightInDarkAndOnAPhone() throws Exception {
        Instant now = Instant.now();
        Instant current = Instant.ofEpochSecond(now.getEpochSecond() / 600 * 600);
        GeneratedDay day = new GeneratedDay(7);
        topic.write(day.before(current).toArray(Ranking[]::new));
        topic.write(day.open(current, 0.6).toArray(Ranking[]::new));
        topic.write(day.open(current, 0.62).toArray(Ranking[]::new));
        answerHealthily(now);

        browser.appear(1280, 1300, false, true);
        browser.open(dashboard.uri());
        awaitPicture();
        assertLooksRight("light.png", 1280, 1300, LIGHT_PAPER);
        browser.appear(1280, 1300, true, true);
        browser.open(dashboard.uri().resolve("#pages"));
        awaitPicture();
        browser.element("#view-table").click();
        assertLooksRight("dark.png", 1280, 1300, DARK_PAPER);
        browser.appear(390, 2400, false, true);
        browser.open(dashboard.uri());
        awaitPicture();
        assertFitsItsWidth();
        assertLooksRight("phone.png", 390, 2400, LIGHT_PAPER);
        assertNoComplaints();
    }

    /** Its size and paper, that the chart is drawn, and that each text can be read. */
    private static void assertLooksRight(String name, int width, int height, int paper)
            throws IOException {
        Path file = SCREENSHOTS.resolve(name);
        browser.screenshot(file);
        BufferedImage picture = ImageIO.read(file.toFile());
        assertThat(picture.getWidth()).as(name).isEqualTo(width);
        assertThat(picture.getHeight()).as(name).isEqualTo(height);
        assertThat(picture.getRGB(1, 1) & 0xFFFFFF).as(name).isEqualTo(paper);
        assertThat((Long) browser.run(COLOURS_OF_THE_CHART)).as(name).isGreaterThan(3);
        assertThat((List<?>) browser.run(TOO_FAINT)).as(name).isEmpty();
    }

    private void answerWithHealthyJobs(Instant now) {
        String jobs =
                """
                {"jobs":[{"jid":"a","name":"wikiflow-archive","state":"RUNNING"},
                         {"jid":"r","name":"wikiflow-rankings","state":"RUNNING"}]}
                """;
        String checkpoints =
                "{\"latest\":{\"completed\":{\"latest_ack_timestamp\":%d,\"end_to_end_duration\":213}}}"
                        .formatted(now.minusSeconds(8).toEpochMilli());
        pipeline.answer("/jobs/overview", 200, jobs)
                .answer("/jobs/a/checkpoints", 200, checkpoints)
                .answer("/jobs/r/checkpoints", 200, checkpoints)
                .answer("/jobs/a/exceptions", 200, "{}")
                .answer("/jobs/r/exceptions", 200, "{}");
    }

    /** What a healthy pipeline answers. */
    private void answerHealthily(Instant now) {
        AtomicLong events = new AtomicLong();
        answerWithHealthyJobs(now);
        pipeline.answer("/healthz", 200, "{}")
                .answer(
                        "/metrics",
                        200,
                        () ->
                                """
                                wikiflow_bridge_events_total %d
                                wikiflow_bridge_missing_events_total 0
                                wikiflow_bridge_repeats_total 12
                                wikiflow_bridge_lag_seconds 2.1
                                """
                                        .formatted(events.addAndGet(22)));
    }

    private void awaitPicture() throws Exception {
        await("ten places, a day of windows and the state of every part")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () ->
                                browser.texts("#bars .name").size() == 10
                                        && browser.texts("#window-list tbody tr").size() == 145
                                        && browser.texts("#parts [data-health=healthy]").size() == 4
                                        && !browser.texts("#rate").contains("unknown")
                                        && browser.texts("#windows-chart canvas").size() == 1);
    }

    private void assertSafe() {
        assertThat(browser.run("return window.attacked")).isEqualTo(false);
        assertThat(browser.texts("#board img, #board script")).isEmpty();
        assertThat(
                        browser.run(
                                "return [...document.querySelectorAll('#board a')]"
                                        + ".every((a) => /^https:\\/\\/(en|meta)\\.wiki[mp]edia\\.org\\/wiki\\//.test(a.href))"))
                .isEqualTo(true);
        assertThat(
                        browser.run(
                                "return [...document.querySelectorAll('#board .name')]"
                                        + ".every((n) => n.localName === 'bdi' && getComputedStyle(n).unicodeBidi === 'isolate')"))
                .isEqualTo(true);
        assertFitsItsWidth();
    }

    private static void assertFitsItsWidth() {
        assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth"))
                .isEqualTo(true);
    }

    private static void assertNoComplaints() {
        assertThat(browser.takeComplaints()).isEmpty();
    }

    private static long glides() {
        return (Long) browser.run("return window.glides");
    }

    private static double width(String css) {
        return ((Number)
                        browser.run(
                                "return document.querySelector(arguments[0]).getBoundingClientRect().width",
                                css))
                .doubleValue();
    }

    private static void awaitTexts(String css, String... texts) throws Exception {
        await(css + " says " + List.of(texts))
                .atMost(Duration.ofMinutes(1))
                .until(() -> browser.texts(css).equals(List.of(texts)));
    }

    private DashboardSettings settings(int port) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return new DashboardSettings(
                new InetSocketAddress("127.0.0.1", port),
                properties,
                topicName,
                Topic.LATE.defaultName(),
                Topic.DEAD_LETTERS.defaultName(),
                pipeline.uri(),
                pipeline.uri(),
                10,
                1_000,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                HttpAccess.DEFAULT);
    }
}
