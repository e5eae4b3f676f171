package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import java.io.IOException;
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
        long pid;
        try (JavaProcess process =
                JavaProcess.start(
                        JavaCommand.of(
                                Keeper.class,
                                List.of("-XX:+UseSerialGC", "-Xmx512m"),
                                List.of()))) {
            assertThat(process.readLine()).isEqualTo(READY);
            pid = process.pid();
            Vitals vitals = Vitals.of(pid);
            assertThat(vitals.liveHeapBytes()).isGreaterThan(KEPT_BYTES).isLessThan(DROPPED_BYTES);
            assertThat(vitals.memoryBytes()).isGreaterThan(vitals.liveHeapBytes());
            assertThat(vitals.threads()).isGreaterThan(1);
            assertThat(vitals.openFiles()).isGreaterThan(2);
        }
        assertThatThrownBy(() -> Vitals.of(pid)).isInstanceOf(IOException.class);
    }

    /** Keeps some memory, drops some more, and waits to be killed. */
    static final class Keeper {

        @SuppressWarnings("unused")
        private static byte[] kept;

        public static void main(String[] arguments) throws InterruptedException {
            kept = new byte[DROPPED_BYTES];
            kept = new byte[KEPT_BYTES];
            System.out.println(READY);
            Thread.currentThread().join();
        }
    }
}
