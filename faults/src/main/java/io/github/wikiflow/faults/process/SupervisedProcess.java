package io.github.wikiflow.faults.process;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that is started again whenever it ends, as systemd or Docker does, until this is
 * closed. It can be killed, stopped or paused from outside. Thread-safe.
 */
public final class SupervisedProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisedProcess.class);

    /** Between an end and the next start. */
    private static final Duration RESTART_DELAY = Duration.ofMillis(500);

    private static final Duration TIME_TO_STOP = Duration.ofSeconds(20);

    private final String name;
    private final Supplier<JavaCommand> command;
    private final Path output;
    private final Thread supervisor;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Process process;
    private boolean held;
    private boolean closed;

    private SupervisedProcess(String name, Supplier<JavaCommand> command, Path output) {
        this.name = name;
        this.command = command;
        this.output = output;
        this.supervisor = new Thread(this::supervise, "supervisor of " + name);
        this.supervisor.setDaemon(true);
    }

    /**
     * Starts it.
     *
     * @param command asked again at each start
     * @param output the file to which it writes
     */
    public static SupervisedProcess start(String name, Supplier<JavaCommand> command, Path output)
            throws IOException {
        SupervisedProcess supervised = new SupervisedProcess(name, command, output);
        supervised.process = supervised.launch();
        supervised.supervisor.start();
        return supervised;
    }

    /** For humans. */
    public String name() {
        return name;
    }

    /** Of the process that runs now, or ran last. */
    public long pid() {
        lock.lock();
        try {
            return process.pid();
        } finally {
            lock.unlock();
        }
    }

    /** SIGKILL; returns when it has ended. */
    public void kill() throws InterruptedException {
        current().destroyForcibly().waitFor();
    }

    /** SIGTERM; returns when it has ended. */
    public void terminate() throws InterruptedException {
        Process terminated = current();
        // By its handle: Process.destroy would close the input, too.
        terminated.toHandle().destroy();
        if (!terminated.waitFor(TIME_TO_STOP.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("{} does not stop when asked to; it is killed", name);
            terminated.destroyForcibly().waitFor();
        }
    }

    /** SIGSTOP, and SIGCONT after that time unless it was killed meanwhile. */
    public void pause(Duration time) throws IOException, InterruptedException {
        Process paused = current();
        signal("STOP", paused);
        try {
            paused.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            signal("CONT", paused);
        }
    }

    /** From now on it is not started again if it ends, until {@link #release}. */
    public void hold() {
        setHeld(true);
    }

    /** Ends {@link #hold}. */
    public void release() {
        setHeld(false);
    }

    /** Writes a line to its input; one that has ended or hangs does not get it. */
    public void tell(String line) {
        Writer input = current().outputWriter();
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            LOG.debug("{} was not told '{}'", name, line, e);
        }
    }

    /** Kills it for good. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            process.destroyForcibly();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            supervisor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise() {
        try {
            while (!isClosed()) {
                int status = current().waitFor();
                LOG.info("{} has ended with {}", name, status);
                restart();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.error("{} cannot be started again", name, e);
        }
    }

    private void restart() throws InterruptedException, IOException {
        lock.lockInterruptibly();
        try {
            long delay = RESTART_DELAY.toNanos();
            while (!closed && (held || delay > 0)) {
                if (held) {
                    changed.await();
                } else {
                    delay = changed.awaitNanos(delay);
                }
            }
            if (!closed) {
                process = launch();
            }
        } finally {
            lock.unlock();
        }
    }

    private Process launch() throws IOException {
        Process launched =
                new ProcessBuilder(command.get().words())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                        .start();
        LOG.info("{} runs as {}", name, launched.pid());
        return launched;
    }

    private Process current() {
        lock.lock();
        try {
            return process;
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void setHeld(boolean value) {
        lock.lock();
        try {
            held = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void signal(String signal, Process process)
            throws IOException, InterruptedException {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
    }
}
