package io.github.wikiflow.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The machine's Chromium, without a screen. Nothing is downloaded: both programs must be there. */
public final class Chromium implements AutoCloseable {

    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a server has said to a request. */
    public record Answer(String method, URI uri, int status) {}

    private final ChromeDriver driver;

    /** By the browser's id of each. */
    private final Map<String, JsonNode> requests = new HashMap<>();

    /** Whose requests the browser has not reported yet. */
    private final List<JsonNode> responses = new ArrayList<>();

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Whether a browser and its driver are on the PATH. */
    public static boolean isInstalled() {
        return browser().isPresent() && driver().isPresent();
    }

    public static Chromium start() {
        return start(List.of());
    }

    /**
     * Starts one with further arguments of the command line, that keeps what it hears from the
     * network for {@link #takeAnswers}.
     */
    public static Chromium startListening(String... arguments) {
        return start(List.of(arguments), LogType.PERFORMANCE);
    }

    private static Chromium start(List<String> arguments, String... furtherLogs) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser().orElseThrow().toFile());
        // Chromium's own sandbox does not start for root, as whom containers run their builds.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                // Only the page under test is to be loaded.
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--lang=en-GB");
        options.addArguments(arguments);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        for (String log : furtherLogs) {
            logs.enable(log, Level.ALL);
        }
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service =
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driver().orElseThrow().toFile())
                        .usingAnyFreePort()
                        .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
        return new Chromium(driver);
    }

    /** Opens a page afresh: a change of the fragment alone would not load it. */
    public void open(URI uri) {
        driver.get("about:blank");
        driver.get(uri.toString());
    }

    /** Sets the size of the page, and whether the reader prefers dark colours and less motion. */
    public void appear(int width, int height, boolean dark, boolean reducedMotion) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                feature("prefers-color-scheme", dark ? "dark" : "light"),
                                feature(
                                        "prefers-reduced-motion",
                                        reducedMotion ? "reduce" : "no-preference"))));
    }

    /** Runs a script before those of every page that is opened from now on. */
    public void runBeforeEveryPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    public WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    public List<String> texts(String css) {
        Object texts =
                run(
                        "return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent)",
                        css);
        return ((List<?>) texts).stream().map(String::valueOf).toList();
    }

    /** What a script gives to the function that is its last argument. */
    public Object await(String script, Object... arguments) {
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(1));
        return driver.executeAsyncScript(script, arguments);
    }

    /** The result of a script, as Selenium translates it. */
    public Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Problems that the browser reported on its console since the last call. */
    public List<String> takeComplaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /**
     * The answers of servers that the browser has reported since the last call, also those that the
     * page must not see. It reports them a moment later, and not always after their requests.
     */
    public List<Answer> takeAnswers() throws IOException {
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            JsonNode parameters = message.path("params");
            switch (message.path("method").asText()) {
                case "Network.requestWillBeSent" ->
                        requests.put(id(parameters), parameters.path("request"));
                case "Network.responseReceivedExtraInfo" -> responses.add(parameters);
                default -> {}
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Iterator<JsonNode> each = responses.iterator(); each.hasNext(); ) {
            JsonNode response = each.next();
            JsonNode request = requests.get(id(response));
            if (request != null) {
                each.remove();
                answers.add(
                        new Answer(
                                request.path("method").asText(),
                                URI.create(request.path("url").asText()),
                                response.path("statusCode").asInt()));
            }
        }
        return answers;
    }

    /**
     * Waits until there are so many answers that a test wants to see, and returns them.
     *
     * @param wanted which of all answers they are
     */
    public List<Answer> awaitAnswers(int atLeast, Predicate<Answer> wanted) {
        List<Answer> answers = new ArrayList<>();
        Awaitility.await(atLeast + " answers or more")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            takeAnswers().stream().filter(wanted).forEach(answers::add);
                            return answers.size() >= atLeast;
                        });
        return answers;
    }

    private static String id(JsonNode parameters) {
        return parameters.path("requestId").asText();
    }

    /** What is seen, as PNG. */
    public void screenshot(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Map<String, String> feature(String name, String value) {
        return Map.of("name", name, "value", value);
    }

    private static Optional<Path> browser() {
        return BROWSERS.stream().flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> driver() {
        return onPath("chromedriver");
    }

    private static Optional<Path> onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
