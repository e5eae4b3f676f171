package io.github.wikiflow.quickstart;

import static java.util.function.Predicate.isEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.wikiflow.dashboard.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard of a running pipeline, in a browser. */
class RunningPageIT {

    @TempDir private Path folder;

    @Test
    void showsWhatTheRunningPipelineCounts() throws Exception {
        assumeTrue(
                Chromium.isInstalled(),
                "NOT RUN: the test of the running page needs chromium and chromedriver on the PATH"
                        + " (on Debian: apt-get install chromium chromium-driver)");
        UpProcess up =
                UpProcess.start(folder.resolve("data"), "--source", "simulated", "--rate", "100");
        try (Chromium browser = Chromium.start()) {
            browser.appear(1280, 1300, false, true);
            browser.open(up.dashboard());
            await("ten bars")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> browser.texts("#bars .name").size(), isEqual(10));
            long first = firstCount(browser);
            await("the leader's count grows")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> firstCount(browser) > first);
            assertThat(counts(browser))
                    .isSortedAccordingTo((left, right) -> Long.compare(right, left));

            browser.element("[role=tab][data-dimension=wikis]").click();
            await("wikis in the bars")
                    .atMost(Duration.ofMinutes(3))
                    .until(
                            () ->
                                    browser.texts("#bars .name").stream()
                                            .allMatch(name -> name.matches("[a-z_]+wik[a-z]*")));
            browser.screenshot(Path.of("target", "screenshots", "running.png"));
            assertThat(browser.takeComplaints()).isEmpty();
        } finally {
            up.kill();
        }
    }

    private static long firstCount(Chromium browser) {
        return counts(browser).get(0);
    }

    private static List<Long> counts(Chromium browser) {
        return browser.texts("#bars .count").stream()
                .map(text -> Long.parseLong(text.replaceAll("\\D", "")))
                .toList();
    }
}
