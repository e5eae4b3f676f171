package io.github.wikiflow.quickstart;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code up} whose archive would take its first checkpoint some time within a day. */
class FirstCheckpointIT {

    @TempDir private Path folder;

    @Test
    void rowsAreInTheLakeBeforeTheIntervalIsOver() throws Exception {
        UpProcess up =
                UpProcess.start(
                        folder, "--source", "simulated", "--rate", "100", "--file-interval", "1d");
        try {
            LakeRows lake = new LakeRows(folder.resolve("simulated/lake"));
            await("rows in the lake: " + up)
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> lake.count() > 0);
        } finally {
            up.kill();
        }
    }
}
