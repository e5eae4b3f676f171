package io.github.wikiflow.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that leaves threads behind which keep a JVM alive, or belong to a client of
 * Kafka: somebody has not closed what they opened. Registered for all test classes by {@code
 * META-INF/services}; its first and last word are before and after those of the class and of its
 * other extensions.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(LeakCheck.class);

    /** Of a producer, an administration client and both kinds of consumer. */
    private static final List<String> KAFKA_CLIENTS =
            List.of(
                    "kafka-producer-network-thread",
                    "kafka-admin-client-thread",
                    "kafka-coordinator-heartbeat-thread",
                    "consumer_background_thread");

    /** Waits on after the end of bounded input (FLINK-40660). */
    private static final String FETCHER_OF_FLINK = "Source Data Fetcher for Source: ";

    private final Duration patience;

    /** Found by JUnit. What is closed may take a moment to end. */
    public LeakCheck() {
        this(Duration.ofSeconds(10));
    }

    LeakCheck(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), threads());
    }

    @Override
    @SuppressWarnings("unchecked") // What beforeAll has put there.
    public void afterAll(ExtensionContext context) throws InterruptedException {
        Set<Thread> before =
                (Set<Thread>) context.getStore(NAMESPACE).get(context.getUniqueId(), Set.class);
        Predicate<Thread> isLeak =
                thread ->
                        !before.contains(thread)
                                && thread != Thread.currentThread()
                                && (isKafkaClient(thread)
                                        || !thread.isDaemon() && !endsByItself(thread));
        long deadline = System.nanoTime() + patience.toNanos();
        List<Thread> left = threads().stream().filter(isLeak).toList();
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left.get(0).join(100);
            left = threads().stream().filter(isLeak).toList();
        }
        if (!left.isEmpty()) {
            List<String> descriptions = new ArrayList<>();
            for (Thread thread : left) {
                descriptions.add(
                        thread.getName()
                                + " in "
                                + List.of(thread.getStackTrace()).stream().limit(12).toList());
            }
            throw new AssertionError(
                    "%s has left threads behind: %s"
                            .formatted(context.getDisplayName(), String.join("; ", descriptions)));
        }
    }

    private static boolean isKafkaClient(Thread thread) {
        return KAFKA_CLIENTS.stream().anyMatch(thread.getName()::startsWith);
    }

    /** An idle thread of a pool that is given up after a while, or one that Flink forgets. */
    private static boolean endsByItself(Thread thread) {
        List<String> frames =
                Stream.of(thread.getStackTrace()).map(StackTraceElement::getMethodName).toList();
        return frames.contains("getTask") && frames.contains("parkNanos")
                || thread.getName().startsWith(FETCHER_OF_FLINK);
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
