package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.testing.Seed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attack: two faults in every build; {@code -Dfaults.count} for another number, {@code each}
 * for one of each kind; {@code -Dfaults.kinds} for these only; {@code -Dseed} for the same again.
 */
class FaultsIT {

    @TempDir private Path folder;

    @Test
    void nothingIsLostOrTwiceWhateverFails() throws Exception {
        long seed = Seed.draw();
        String given = System.getProperty("faults.count");
        int count = given.equals("each") ? Attack.ONE_OF_EACH : Integer.parseInt(given);
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Attack.Result result = new Attack(seed, kinds(), count, out).run(folder);

        assertThat(result.right())
                .as("nothing is lost or twice; repeat with -Dseed=%d", seed)
                .isTrue();
        assertThat(result.notDone()).as("faults that could not be injected").isEmpty();
    }

    private static Set<FaultKind> kinds() {
        String given = System.getProperty("faults.kinds", "");
        FaultKindConverter converter = new FaultKindConverter();
        return given.isEmpty()
                ? EnumSet.allOf(FaultKind.class)
                : Arrays.stream(given.split(","))
                        .map(converter::convert)
                        .collect(Collectors.toSet());
    }
}
