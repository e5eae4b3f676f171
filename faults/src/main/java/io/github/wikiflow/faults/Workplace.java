package io.github.wikiflow.faults;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where a pipeline of many processes may work, and that none of them stays behind. */
@Command
final class Workplace {

    private static final long STOP_SECONDS = 30;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Empty folder for data and logs, which stay there"
                            + " (default: a new one among the temporary files).")
    private Path data;

    /** The folder of wikiflow itself, in which it has been built; the launcher names it. */
    static Path home() {
        return Path.of(System.getProperty("wikiflow.home", ".")).toAbsolutePath().normalize();
    }

    /**
     * The folder to work in.
     *
     * @throws OperationException if it cannot be used
     */
    Path folder() {
        try {
            if (data == null) {
                return Files.createTempDirectory("wikiflow-faults");
            }
            Path folder = Files.createDirectories(data.toAbsolutePath());
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isPresent()) {
                    throw new OperationException(
                            "--data: '%s' is not empty; name another folder".formatted(folder));
                }
            }
            return folder;
        } catch (IOException e) {
            throw new OperationException(
                    "--data: cannot write to '%s' (%s); name another folder".formatted(data, e), e);
        }
    }

    /** Does something, and interrupts it, to end its processes, if this process is told to end. */
    static int untilStopped(Callable<Integer> work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker, ended), "stop"));
        try {
            return work.call();
        } finally {
            ended.countDown();
        }
    }

    private static void stop(Thread worker, CountDownLatch ended) {
        worker.interrupt();
        try {
            ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
