package io.github.wikiflow.harness.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> SMALL = List.of("-Xmx32m", "-XX:TieredStopAtLevel=1");

    @TempDir private Path folder;

    @Test
    void endsWithWhoStartedItHoweverThatEnds() throws Exception {
        try (JavaProcess starter = JavaProcess.start(command(Starter.class))) {
            long child = Long.parseLong(starter.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();
            assertThat(starter.kill()).isTrue();
            await().atMost(PATIENCE).until(() -> ProcessHandle.of(child).isEmpty());
        }
    }

    @Test
    void aFaultOfAProcessThatHasEndedIsNone() throws Exception {
        JavaProcess process = JavaProcess.start(command(Waiter.class));
        process.readLine();
        assertThat(process.kill()).isTrue();

        assertThat(process.kill()).isFalse();
        assertThat(process.terminate()).isFalse();
        assertThat(process.pause(Duration.ofMillis(1))).isFalse();
        process.close();
    }

    @Test
    void aPauseIsOverWhenItReturns() throws Exception {
        try (JavaProcess process = JavaProcess.start(command(Waiter.class))) {
            process.readLine();
            assertThat(process.pause(Duration.ofMillis(10))).isTrue();
            assertThat(process.terminate()).isTrue();
        }
    }

    @Test
    void whatEndsIsStartedAgainUnlessItIsHeld() throws Exception {
        Path output = folder.resolve("output");
        try (SupervisedProcess process =
                SupervisedProcess.start("waiter", () -> command(Waiter.class), output)) {
            awaitLines(output, 1);
            process.hold();
            assertThat(process.kill()).isTrue();
            assertThat(process.tell("anything")).isFalse();
            process.release();
            awaitLines(output, 2);
            assertThat(process.terminate()).isTrue();
            awaitLines(output, 3);
        }
    }

    private static void awaitLines(Path output, int lines) {
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> Files.readAllLines(output).size() == lines);
    }

    private static JavaCommand command(Class<?> main) {
        return JavaCommand.of(main, SMALL, List.of());
    }

    /** Starts another process, and says which. */
    static final class Starter {
        public static void main(String[] arguments) throws Exception {
            System.out.println(JavaProcess.start(command(Waiter.class)).pid());
            new CountDownLatch(1).await();
        }
    }

    /** Says that it runs, and waits for its end. */
    static final class Waiter {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("runs");
            new CountDownLatch(1).await();
        }
    }
}
