package io.github.wikiflow.events.options;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Lets a command clean up that is ended by SIGINT or SIGTERM: it is interrupted, and the process
 * waits for it. What it has not ended of its child processes by then is killed. For one execution.
 */
final class InterruptOnSignal implements IExecutionStrategy {

    private static final long STOP_SECONDS = 30;

    private final RunLast command = new RunLast();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopped;

    @Override
    public int execute(ParseResult parsed) {
        Thread worker = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(worker), "stop"));
        try {
            return command.execute(parsed);
        } catch (ExecutionException e) {
            if (stopped) {
                // Whatever it says, it fails because it was told to end.
                return ExitCode.SOFTWARE;
            }
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private void stop(Thread worker) {
        stopped = true;
        worker.interrupt();
        try {
            ended.await(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }
}
