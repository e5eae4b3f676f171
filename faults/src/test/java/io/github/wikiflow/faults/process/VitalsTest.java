package io.github.wikiflow.faults.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class VitalsTest {

    private static final int KEPT_BYTES = 40 << 20;
    private static final int DROPPED_BYTES = 200 << 20;
    private static final String READY = "ready";

    @Test
    void countsOfTheHeapWhatIsReachable() throws Exception {
        Process process =
                new ProcessBuilder(new JavaCommand(Keeper.class, 512, List.of(), List.of()).words())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            BufferedReader output =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(output.readLine()).isEqualTo(READY);
            Vitals vitals = Vitals.of(process.pid());
            assertThat(vitals.liveHeapBytes()).isGreaterThan(KEPT_BYTES).isLessThan(DROPPED_BYTES);
            assertThat(vitals.memoryBytes()).isGreaterThan(vitals.liveHeapBytes());
            assertThat(vitals.threads()).isGreaterThan(1);
            assertThat(vitals.openFiles()).isGreaterThan(2);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThatThrownBy(() -> Vitals.of(process.pid())).isInstanceOf(IOException.class);
    }

    /** Keeps some memory, drops some more, and waits to be killed. */
    static final class Keeper {

        private static byte[] kept;

        public static void main(String[] arguments) throws InterruptedException {
            kept = new byte[DROPPED_BYTES];
            kept = new byte[KEPT_BYTES];
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
