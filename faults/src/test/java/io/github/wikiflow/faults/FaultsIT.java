package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.testing.Seed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attack: short in every build, with one fault of each kind in CI, long with {@code -Pfaults};
 * {@code -Dseed} and {@code -Dfaults.count} repeat or lengthen it.
 */
class FaultsIT {

    @TempDir private Path folder;

    @Test
    void nothingIsLostOrTwiceWhateverFails() throws Exception {
        long seed = Seed.draw();
        String given = System.getProperty("faults.count");
        int count = given.equals("each") ? FaultKind.values().length : Integer.parseInt(given);
        Path home = Path.of(System.getProperty("wikiflow.home")).toAbsolutePath().normalize();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        assertThat(new Attack(seed, count, home, out).run(folder))
                .as("nothing is lost or twice; repeat with -Dseed=%d", seed)
                .isTrue();
    }
}
