package io.github.wikiflow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** Runs classes of tests that leave threads behind, and one that ends them. */
class LeakCheckTest {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static CountDownLatch end;
    private static Thread started;

    @BeforeEach
    void prepare() {
        end = new CountDownLatch(1);
    }

    @AfterEach
    void endWhatWasLeft() throws InterruptedException {
        end.countDown();
        started.join();
    }

    @Test
    void aThreadThatKeepsTheJvmAliveIsALeak() {
        assertThat(messageOf(LeavesAThread.class))
                .contains("LeavesAThread has left threads behind: some thread in [");
    }

    @Test
    void aDaemonIsALeakIfItIsAClientOfKafka() {
        assertThat(messageOf(LeavesAProducer.class)).contains("kafka-producer-network-thread | 1");
        assertThat(messageOf(LeavesADaemon.class)).isNull();
    }

    @Test
    void aThreadThatEndsByItselfIsNone() {
        assertThat(messageOf(LeavesAThreadThatEnds.class)).isNull();
        assertThat(messageOf(LeavesAnIdlePool.class)).isNull();
    }

    /** Null if the class has passed. */
    private static String messageOf(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .build(),
                        listener);
        assertThat(listener.getSummary().getTestsSucceededCount()).isOne();
        return listener.getSummary().getFailures().stream()
                .map(Failure::getException)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse(null);
    }

    private static void start(String name, boolean daemon) {
        started =
                new Thread(
                        () -> {
                            try {
                                end.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        name);
        started.setDaemon(daemon);
        started.start();
    }

    static final class LeavesAThread {
        @RegisterExtension static final LeakCheck CHECK = new LeakCheck(PATIENCE);

        @Test
        void start() {
            LeakCheckTest.start("some thread", false);
        }
    }

    static final class LeavesAProducer {
        @RegisterExtension static final LeakCheck CHECK = new LeakCheck(PATIENCE);

        @Test
        void start() {
            LeakCheckTest.start("kafka-producer-network-thread | 1", true);
        }
    }

    static final class LeavesADaemon {
        @RegisterExtension static final LeakCheck CHECK = new LeakCheck(PATIENCE);

        @Test
        void start() {
            LeakCheckTest.start("some daemon", true);
        }
    }

    static final class LeavesAThreadThatEnds {
        @RegisterExtension static final LeakCheck CHECK = new LeakCheck(PATIENCE);

        @Test
        void start() {
            LeakCheckTest.start("ends soon", false);
            end.countDown();
        }
    }

    static final class LeavesAnIdlePool {
        @RegisterExtension static final LeakCheck CHECK = new LeakCheck(PATIENCE);

        @Test
        void start() throws Exception {
            LeakCheckTest.start("ends soon", false);
            end.countDown();
            Executors.newCachedThreadPool().submit(() -> {}).get();
        }
    }
}
