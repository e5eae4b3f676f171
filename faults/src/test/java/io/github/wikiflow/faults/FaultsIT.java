package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attack: short in every build, long with {@code -Pfaults}; {@code -Dfaults.seed} and {@code
 * -Dfaults.count} repeat or lengthen it.
 */
class FaultsIT {

    @TempDir private Path folder;

    @Test
    void nothingIsLostOrTwiceWhateverFails() throws Exception {
        String given = System.getProperty("faults.seed", "");
        long seed = given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
        int count = Integer.getInteger("faults.count");
        Path home = Path.of(System.getProperty("wikiflow.home")).toAbsolutePath().normalize();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        assertThat(new Attack(seed, count, home, out).run(folder))
                .as("nothing is lost or twice; repeat with -Dfaults.seed=%d", seed)
                .isTrue();
    }
}
